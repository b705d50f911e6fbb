#include "scheduler/reports/as_run_words.h"

namespace loa {

Words wordsFor(AsRunResult result) {
    switch (result) {
        case AsRunResult::aired:
            return {"Đã phát", "Aired"};
        case AsRunResult::airedLate:
            return {"Phát muộn", "Aired late"};
        case AsRunResult::partial:
            return {"Phát thiếu", "Partial"};
        case AsRunResult::silent:
            return {"Không có tiếng", "Silent"};
        case AsRunResult::preempted:
            return {"Nhường tin khác", "Gave way"};
        case AsRunResult::missed:
            return {"Không phát", "Missed"};
        case AsRunResult::unknown:
            return {"Chưa rõ", "Unknown"};
    }
    return {};
}

Words wordsFor(MissReason reason) {
    switch (reason) {
        case MissReason::none:
            return {};
        case MissReason::restart:
            return {"Mất điện hoặc máy khởi động lại", "Power cut or restart"};
        case MissReason::planLate:
            return {"Lịch đến trạm muộn", "The plan reached the station late"};
        case MissReason::mediaAbsent:
            return {"Trạm chưa tải được tệp", "The file had not reached the station"};
        case MissReason::mediaDamaged:
            return {"Tệp ở trạm bị hỏng", "The station's file was damaged"};
        case MissReason::mediaTruncated:
            return {"Tệp ở trạm bị cụt", "The station's file was cut short"};
        case MissReason::deviceLost:
            return {"Mất thiết bị âm thanh", "The sound device was lost"};
        case MissReason::soundLost:
            return {"Phần phát âm thanh dừng đột ngột", "The sound program stopped"};
        case MissReason::noSignal:
            return {"Đầu ra không có tiếng", "No signal at the output"};
        case MissReason::clockUntrusted:
            return {"Đồng hồ trạm chưa tin được", "The station's clock was not trusted"};
        case MissReason::clockStep:
            return {"Đồng hồ trạm bị chỉnh giữa chừng", "The station's clock was set meanwhile"};
        case MissReason::lateJoinSkip:
            return {"Đã quá giờ bắt đầu, bỏ qua theo lịch", "Too late to start, skipped as planned"};
        case MissReason::withdrawn:
            return {"Bị rút khỏi lịch khi đang phát", "Withdrawn while on air"};
        case MissReason::preempted:
            return {"Nhường tin khác trùng giờ", "Gave way to another item"};
        case MissReason::quietHours:
            return {"Trùng giờ yên lặng", "In quiet hours"};
    }
    return {};
}

Words wordsFor(ClockTrust trust) {
    switch (trust) {
        case ClockTrust::untrusted:
            return {"Chưa tin được", "Not trusted"};
        case ClockTrust::holdover:
            return {"Tự giữ giờ", "Holding over"};
        case ClockTrust::trusted:
            return {"Tin được", "Trusted"};
    }
    return {};
}

}  // namespace loa

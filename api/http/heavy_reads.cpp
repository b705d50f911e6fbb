#include "api/http/heavy_reads.h"

#include <memory>
#include <utility>

namespace loa {

/// The turn of one read, also between its pieces.
class HeavyReads::Turn {
public:
    explicit Turn(HeavyReads& reads) : reads_{reads}, isHeld_{reads.begin()} {}
    ~Turn() { rest(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    bool isHeld() const { return isHeld_; }
    void rest() {
        if (std::exchange(isHeld_, false)) reads_.end();
    }
    void goOn() {
        reads_.goOn();
        isHeld_ = true;
    }

private:
    HeavyReads& reads_;
    bool isHeld_;
};

HeavyReads::HeavyReads(int waitingLimit, Milliseconds patience) : waitingLimit_{waitingLimit}, patience_{patience} {}

Response HeavyReads::inTurn(const std::function<Response()>& make) {
    const auto turn = std::make_shared<Turn>(*this);  // with the stream, which is copied
    if (!turn->isHeld())
        throw Error{Fault::unavailable,
                    "heavy-reads",
                    {"Máy chủ đang làm báo cáo lớn khác. Đợi vài giây rồi thử lại, hoặc hỏi khoảng ngắn hơn.",
                     "other large reports are being made; try again in a few seconds, or ask for a shorter time"}};
    auto response = make();
    const auto* stream = std::get_if<StreamBody>(&response.body());
    if (!stream) return response;
    auto inTurns = *stream;
    inTurns.produce = [turn, produce = stream->produce](const StreamBody::Take& take) {
        produce([&](std::string_view piece) {
            turn->rest();
            take(piece);
            turn->goOn();
        });
        turn->rest();
    };
    return response.withBody(std::move(inTurns));
}

int HeavyReads::waiting() const {
    const std::lock_guard lock{mutex_};
    return waiting_;
}

int HeavyReads::goingOn() const {
    const std::lock_guard lock{mutex_};
    return goingOn_;
}

bool HeavyReads::begin() {
    std::unique_lock lock{mutex_};
    const auto isFree = [this] { return !isUnderWay_ && goingOn_ == 0; };
    if (!isFree()) {
        if (waiting_ >= waitingLimit_) return false;
        ++waiting_;
        const bool came = changed_.wait_for(lock, patience_, isFree);
        --waiting_;
        if (!came) return false;
    }
    isUnderWay_ = true;
    return true;
}

void HeavyReads::goOn() {
    std::unique_lock lock{mutex_};
    ++goingOn_;
    changed_.wait(lock, [this] { return !isUnderWay_; });
    --goingOn_;
    isUnderWay_ = true;
}

void HeavyReads::end() {
    {
        const std::lock_guard lock{mutex_};
        isUnderWay_ = false;
    }
    changed_.notify_all();
}

}  // namespace loa

// The refusals of the connection itself. Pure.
#include "api/http/wire_error.h"

namespace loa {

WireError badRequest(const char* code, const char* vi, const char* en) {
    return WireError{400, code, Words{vi, en}};
}

WireError incomplete() {
    return badRequest("incomplete", "Yêu cầu bị đứt giữa chừng. Gửi lại từ đầu.",
                      "The request broke off. Send it again from the start.");
}

WireError tooLate() {
    return WireError{408, "too-slow",
                     Words{"Yêu cầu đến quá chậm. Kiểm tra đường truyền rồi gửi lại.",
                           "The request came too slowly. Check the line, then send it again."}};
}

WireError stopping() {
    return WireError{
        503, "stopping",
        Words{"Máy chủ đang dừng. Gửi lại sau ít phút.", "The server is stopping. Send it again in a few minutes."}};
}

WireError bodyTooLarge(std::uint64_t limit) {
    if (limit == 0)
        return WireError{413, "no-body-expected",
                         Words{"Địa chỉ này không nhận nội dung kèm theo.", "This address takes no body."}};
    const auto bytes = std::to_string(limit);
    return WireError{413, "body-too-large",
                     Words{"Nội dung gửi lên quá lớn, tối đa " + bytes + " byte.",
                           "The body is too large; at most " + bytes + " bytes."}};
}

}  // namespace loa

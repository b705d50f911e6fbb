// The command line of loa-sound. Called once, by main.
#include "player/sound/options.h"

#include <array>

#include "scheduler/domain/error.h"

namespace loa {

const char* const helpText = R"(loa-sound: phát âm thanh cho loa-player, đúng từng mili giây.
Plays sound for loa-player, exact to the millisecond. It has no network and no keys; loa-player tells it what to play
over a local socket. It is started by systemd (loa-sound.service) or by ./config/quickstart, seldom by hand.

  --socket PATH        nơi chờ loa-player / where it listens for loa-player (required)
  --sink "SINK"        thiết bị phát, theo cách viết của GStreamer / where the sound goes (required), e.g.
                         "alsasink device=hw:0,0 buffer-time=100000 latency-time=10000"   a sound card, directly
                         "pulsesink buffer-time=200000 latency-time=10000"                a desktop's sound server
                         "fakesink sync=true"                                             nowhere, in real time
  --record DIR         ghi lại mỗi bài đã phát / also write what is played to DIR/<time>-<item>.wav
  --gst-registry FILE  bộ nhớ đệm của GStreamer / GStreamer's plugin cache (default: $GST_REGISTRY_1_0, or
                       gst-registry.bin beside the socket)
  --plugins DIR        các plugin được phép dùng / the only plugins allowed (default: ../lib/loa/gst beside the program)
  --help

SIGTERM fades out and ends. Exit status: 0 ended as asked, 2 wrong command line or sink, 70 the sound system hangs
(systemd starts it anew, loa-player goes on where it belongs). To list the sound cards: aplay -l
)";

namespace {

[[noreturn]] void refuse(const std::string& vi, const std::string& en) {
    throw Error(Fault::invalid, "sound-options", {vi + " Xem loa-sound --help.", en + " See loa-sound --help."});
}

}  // namespace

SoundOptions readOptions(std::span<const std::string> arguments) {
    SoundOptions options;
    std::string socket, record, registry, plugins;
    const std::array known{std::pair{"--socket", &socket}, std::pair{"--sink", &options.sink},
                           std::pair{"--record", &record}, std::pair{"--gst-registry", &registry},
                           std::pair{"--plugins", &plugins}};
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& name = arguments[i];
        std::string* value = nullptr;
        for (const auto& [word, place] : known)
            if (name == word) value = place;
        if (name == "--help") {
            options.help = true;
            return options;
        }
        if (!value) refuse("Không có tùy chọn " + name + ".", "There is no option " + name + ".");
        if (++i == arguments.size() || arguments[i].empty())
            refuse("Thiếu giá trị sau " + name + ".", "A value is missing after " + name + ".");
        *value = arguments[i];
    }
    if (socket.empty()) refuse("Thiếu --socket.", "--socket is missing.");
    if (options.sink.empty()) refuse("Thiếu --sink.", "--sink is missing.");
    options.socket = socket;
    options.record = record;
    options.registry = registry;
    if (!record.empty() && !std::filesystem::is_directory(record))
        refuse("Không có thư mục " + record + ".", "There is no folder " + record + ".");
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    options.plugins = program.parent_path().parent_path() / "lib" / "loa" / "gst";
    if (!plugins.empty()) options.plugins = plugins;
    if (!std::filesystem::is_directory(options.plugins))
        refuse("Không có thư mục plugin " + options.plugins.string() + ".",
               "There is no plugin folder " + options.plugins.string() + ".");
    return options;
}

}  // namespace loa

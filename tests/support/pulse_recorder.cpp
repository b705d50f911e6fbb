// pulse_recorder SERVER SINK PREFIX: records what a PulseAudio sink sounds, 48 kHz, two channels, 16 bit, to
// PREFIX.s16, and to PREFIX.idx lines "<frame> <nanoseconds>": when (CLOCK_REALTIME) that frame sounded, by the
// server's own timing. A process of its own that shares nothing with what it records. Says READY=1 when it records;
// ends by SIGTERM.
#include <pulse/pulseaudio.h>
#include <systemd/sd-daemon.h>

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>

namespace {

// Long: a short one would have the server work in short steps, and leave what is recorded less of its buffer.
constexpr std::uint32_t fragmentFrames = 4800;
constexpr std::size_t frameBytes = 4;

struct Recorder {
    std::string server;
    std::string sink;
    std::ofstream sound;
    std::ofstream index;
    long long frames = 0;
    pa_mainloop* loop = nullptr;
    pa_stream* stream = nullptr;
};

long long wallNanoseconds() {
    timespec time{};
    clock_gettime(CLOCK_REALTIME, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

/// A monitor's latency is negative when what is read has yet to sound.
void noteTime(Recorder& self, long long now) {
    pa_usec_t latency = 0;
    int negative = 0;
    if (pa_stream_get_latency(self.stream, &latency, &negative) != 0) return;
    const auto nanoseconds = static_cast<long long>(latency) * 1000;
    self.index << self.frames << ' ' << (negative ? now + nanoseconds : now - nanoseconds) << '\n' << std::flush;
}

void onSound(pa_stream* stream, std::size_t, void* data) {
    auto& self = *static_cast<Recorder*>(data);
    while (pa_stream_readable_size(stream) > 0) {
        const void* bytes = nullptr;
        std::size_t size = 0;
        noteTime(self, wallNanoseconds());
        if (pa_stream_peek(stream, &bytes, &size) < 0 || size == 0) return;
        const std::string silence(bytes ? 0 : size, '\0');
        self.sound.write(bytes ? static_cast<const char*>(bytes) : silence.data(), static_cast<std::streamsize>(size));
        self.sound.flush();
        self.frames += static_cast<long long>(size / frameBytes);
        pa_stream_drop(stream);
    }
    sd_notify(1, "READY=1");
}

void onState(pa_context* context, void* data) {
    auto& self = *static_cast<Recorder*>(data);
    const auto state = pa_context_get_state(context);
    if (state == PA_CONTEXT_FAILED || state == PA_CONTEXT_TERMINATED) pa_mainloop_quit(self.loop, 1);
    if (state != PA_CONTEXT_READY) return;
    const pa_sample_spec form{PA_SAMPLE_S16LE, 48000, 2};
    const auto none = static_cast<std::uint32_t>(-1);
    const pa_buffer_attr buffers{none, none, none, none, fragmentFrames * frameBytes};
    self.stream = pa_stream_new(context, "recording", &form, nullptr);
    pa_stream_set_read_callback(self.stream, onSound, data);
    constexpr int flags = PA_STREAM_INTERPOLATE_TIMING | PA_STREAM_AUTO_TIMING_UPDATE | PA_STREAM_ADJUST_LATENCY;
    pa_stream_connect_record(self.stream, (self.sink + ".monitor").c_str(), &buffers,
                             static_cast<pa_stream_flags_t>(flags));
}

}  // namespace

int main(int count, char** words) {
    if (count != 4) {
        std::fputs("pulse_recorder SERVER SINK PREFIX\n", stderr);
        return 2;
    }
    const std::string prefix = words[3];
    Recorder self;
    self.server = words[1];
    self.sink = words[2];
    self.sound.open(prefix + ".s16", std::ios::binary);
    self.index.open(prefix + ".idx");
    self.loop = pa_mainloop_new();
    pa_context* context = pa_context_new(pa_mainloop_get_api(self.loop), "pulse_recorder");
    pa_context_set_state_callback(context, onState, &self);
    pa_context_connect(context, self.server.c_str(), PA_CONTEXT_NOAUTOSPAWN, nullptr);
    int status = 0;
    pa_mainloop_run(self.loop, &status);
    return status;
}

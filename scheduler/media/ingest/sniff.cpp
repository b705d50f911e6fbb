// Tells by a file's first bytes what it is. Everything known that is not taken has its own refusal, so that people
// learn what to do. One more kind is one more row. Pure; never trusts a name.
#include "scheduler/media/ingest/sniff.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "scheduler/media/ingest/mp3_frames.h"
#include "scheduler/media/refusals.h"

namespace loa {
namespace {

using namespace std::string_view_literals;

struct Signature {
    std::size_t at;
    std::string_view bytes;
    std::string_view refusal;
};

constexpr Signature signatures[] = {
    {0, "\x1A\x45\xDF\xA3"sv, "media-video"},  // Matroska, WebM
    {8, "AVI "sv, "media-video"},
    {0, "FLV\x01"sv, "media-video"},
    {0, "\x00\x00\x01\xBA"sv, "media-video"},                  // MPEG program stream
    {0, "\x00\x00\x01\xB3"sv, "media-video"},                  // MPEG video
    {0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"sv, "media-video"},  // ASF: WMV, WMA
    {0, ".RMF"sv, "media-video"},
    {4, "ftyp"sv, "media-mp4"},
    {4, "moov"sv, "media-mp4"},
    {4, "mdat"sv, "media-mp4"},
    {4, "wide"sv, "media-mp4"},
    {0, "\x89PNG"sv, "media-picture"},
    {0, "\xFF\xD8\xFF"sv, "media-picture"},
    {0, "GIF8"sv, "media-picture"},
    {8, "WEBP"sv, "media-picture"},
    {0, "BM"sv, "media-picture"},
    {0, "%PDF"sv, "media-document"},
    {0, "PK\x03\x04"sv, "media-document"},
    {0, "\xD0\xCF\x11\xE0"sv, "media-document"},
    {0, "{\\rtf"sv, "media-document"},
    {0, "Rar!"sv, "media-document"},
    {0, "7z\xBC\xAF"sv, "media-document"},
    {0, "\x1F\x8B"sv, "media-document"},
    {0, "FORM"sv, "media-format"},  // AIFF
    {0, "caff"sv, "media-format"},
    {0, "#!AMR"sv, "media-format"},
    {0, "wvpk"sv, "media-format"},
    {0, "MAC "sv, "media-format"},
    {0, "RF64"sv, "media-format"},
    {0, "MThd"sv, "media-format"},
    {0, ".snd"sv, "media-format"},
    {0, "\x0B\x77"sv, "media-format"},  // AC-3
    {0, "\xFF\xFE"sv, "media-text"},    // UTF-16
    {0, "\xFE\xFF"sv, "media-text"},
};

bool startsWithAny(std::string_view text, std::initializer_list<std::string_view> starts) {
    return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return text.starts_with(start); });
}

bool holdsAny(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool looksLikeText(std::string_view bytes) {
    return std::none_of(bytes.begin(), bytes.end(), [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f';
    });
}

// Playlists and pages are text: told apart by their first words, whatever stands before them (a byte order mark,
// spaces).
void refuseText(std::string_view bytes) {
    std::string head{bytes.substr(0, 4096)};
    std::transform(head.begin(), head.end(), head.begin(), [](unsigned char letter) { return std::tolower(letter); });
    std::string_view text{head};
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    if (startsWithAny(text, {"#extm3u", "[playlist]", "[reference]", "http://", "https://", "rtsp://", "mms://"}) ||
        holdsAny(text, {"<smil", "<playlist", "<asx", "xspf.org", "<mpd", "<rss"})) {
        throw mediaRefusal("media-playlist");
    }
    if (startsWithAny(text, {"<!doctype html", "<html", "<head", "<body"}) || holdsAny(text, {"<html"})) {
        throw mediaRefusal("media-page");
    }
    if (text.starts_with("<svg") || holdsAny(text, {"<svg"})) throw mediaRefusal("media-picture");
    if (looksLikeText(bytes.substr(0, 4096))) throw mediaRefusal("media-text");
}

bool isTransportStream(std::string_view bytes) {  // MPEG-TS: 0x47 each 188 bytes
    if (bytes.size() < 188 * 4) return false;
    return bytes[0] == 0x47 && bytes[188] == 0x47 && bytes[376] == 0x47 && bytes[564] == 0x47;
}

// The sync word of MPEG audio with another layer than III: layers I and II, AAC in ADTS.
bool isOtherMpegAudio(std::string_view bytes) {
    return bytes.size() >= 2 && bytes[0] == '\xFF' && (bytes[1] & 0xF0) == 0xF0;
}

}  // namespace

Family sniff(std::string_view bytes) {
    if (bytes.empty()) throw mediaRefusal("media-empty");
    const auto at = [&](std::size_t offset, std::string_view word) {
        return bytes.size() >= offset + word.size() && bytes.substr(offset, word.size()) == word;
    };
    if (at(0, "RIFF") && at(8, "WAVE")) return Family::wav;
    if (at(0, "OggS")) return Family::ogg;
    if (at(0, "fLaC")) return Family::flac;
    for (const auto& signature : signatures) {
        if (at(signature.at, signature.bytes)) throw mediaRefusal(signature.refusal);
    }
    if (isTransportStream(bytes)) throw mediaRefusal("media-video");
    if (at(0, "ID3")) {  // a tag hides what follows it, so look behind it
        const auto tag = id3Bytes(bytes);
        if (tag == 0 || tag >= bytes.size()) throw mediaRefusal("media-truncated");
        if (sniff(bytes.substr(tag)) != Family::mp3) throw mediaRefusal("media-format");
        return Family::mp3;
    }
    if (startsLikeMp3(bytes)) return Family::mp3;
    if (beginsWithMp3Frame(bytes)) throw mediaRefusal("media-damaged");
    if (isOtherMpegAudio(bytes)) throw mediaRefusal("media-format");
    refuseText(bytes);
    throw mediaRefusal("media-unknown");
}

}  // namespace loa

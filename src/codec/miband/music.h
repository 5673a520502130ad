// What plays on the phone: chunked transfer, type 3 (reference 9.7).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// Texts point into the caller's bytes and must hold no NUL.
struct Music {
  struct Playback {
    bool playing = false;
    std::uint16_t position_s = 0;
    friend bool operator==(const Playback&, const Playback&) = default;
  };
  // What is not there is not changed on the band. Nothing at all there: nothing plays.
  std::optional<Playback> playback;
  std::optional<std::string_view> artist, album, track;
  std::optional<std::uint16_t> duration_s;
  std::optional<std::uint8_t> volume;  // 0 to 100
  friend bool operator==(const Music&, const Music&) = default;
};
std::optional<Music> DecodeMusic(Bytes message);
ByteVector Encode(const Music& music);

}  // namespace bk::codec::miband

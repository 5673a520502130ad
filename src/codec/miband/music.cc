#include "codec/miband/music.h"

#include "codec/miband/text.h"

namespace bk::codec::miband {
namespace {

// Which fields follow, in this order.
enum Flag : std::uint8_t {
  kPlayback = 0x01,
  kArtist = 0x02,
  kAlbum = 0x04,
  kTrack = 0x08,
  kDuration = 0x10,
  kNothing = 0x20,
  kVolume = 0x40,
};

}  // namespace

std::optional<Music> DecodeMusic(Bytes message) {
  ByteReader reader(message);
  const std::uint8_t flags = reader.U8();
  if (reader.failed() || (flags & 0x80) != 0) return std::nullopt;
  Music music;
  if (flags == kNothing) return reader.left() == 0 ? std::optional(music) : std::nullopt;
  if (flags == 0 || (flags & kNothing) != 0) return std::nullopt;
  if ((flags & kPlayback) != 0) {
    const std::uint8_t state = reader.U8();
    const std::uint8_t zero = reader.U8();
    if (state > 1 || zero != 0) return std::nullopt;
    music.playback = Music::Playback{state == 1, reader.Le16()};
  }
  for (const auto& [flag, field] :
       {std::pair{kArtist, &music.artist}, std::pair{kAlbum, &music.album},
        std::pair{kTrack, &music.track}}) {
    if ((flags & flag) == 0) continue;
    *field = TakeText(reader);
    if (!*field) return std::nullopt;
  }
  if ((flags & kDuration) != 0) music.duration_s = reader.Le16();
  if ((flags & kVolume) != 0) music.volume = reader.U8();
  if (reader.failed() || reader.left() != 0) return std::nullopt;
  return music;
}

ByteVector Encode(const Music& music) {
  std::uint8_t flags = 0;
  if (music.playback) flags |= kPlayback;
  if (music.artist) flags |= kArtist;
  if (music.album) flags |= kAlbum;
  if (music.track) flags |= kTrack;
  if (music.duration_s) flags |= kDuration;
  if (music.volume) flags |= kVolume;
  ByteVector out;
  ByteWriter writer(out);
  writer.U8(flags == 0 ? std::uint8_t{kNothing} : flags);
  if (music.playback)
    writer.U8(music.playback->playing ? 1 : 0).U8(0).Le16(music.playback->position_s);
  for (const auto* const text : {&music.artist, &music.album, &music.track})
    if (*text) PutText(writer, **text);
  if (music.duration_s) writer.Le16(*music.duration_s);
  if (music.volume) writer.U8(*music.volume);
  return out;
}

}  // namespace bk::codec::miband

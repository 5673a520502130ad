// How much one may ask of the server, and how long take. docs/page-api.md tells the page.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace bk::server {

using std::chrono::seconds;

inline constexpr std::size_t kConnectionsMax = 64;
inline constexpr std::size_t kStreamsMax = 16;
inline constexpr std::size_t kUploadsMax = 4;
inline constexpr std::uint32_t kHeadBytesMax = 16 * 1024;
inline constexpr std::size_t kJsonBytesMax = 64 * 1024;
inline constexpr std::size_t kJsonDepthMax = 32;
inline constexpr std::size_t kTargetBytesMax = 2 * 1024;
inline constexpr std::size_t kQueryFieldsMax = 16;

inline constexpr seconds kHeadTime{10};  // from its first byte to its last
inline constexpr seconds kJsonTime{10};  // likewise, of a body
inline constexpr seconds kUploadSilence{30};
inline constexpr seconds kWriteTime{30};    // without the other side taking anything
inline constexpr seconds kIdleTime{60};     // between two requests of a page that may ask
inline constexpr seconds kStrangerTime{5};  // of anybody else
inline constexpr seconds kCommentEvery{15};
inline constexpr seconds kLingerTime{2};

}  // namespace bk::server

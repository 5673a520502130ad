// Every loop, queue, length and recursion over foreign input has a limit here or beside its use,
// with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bk::limits {

// A record of a capture: HCI packets are at most 64 KiB; larger is damage. (Wireshark takes 256 KiB
// for the same reason.)
inline constexpr std::uint32_t kCaptureRecordBytesMax = 256 * 1024;
// A line of a log or dump that is longer is cut there and counted.
inline constexpr std::size_t kTextLineBytesMax = 1024 * 1024;
// One member of an archive, inflated. A 200 MB report must fit; a zip bomb must not.
inline constexpr std::uint64_t kMemberBytesMax = 2ULL * 1024 * 1024 * 1024;
// Archives within archives: report within a vendor's zip within a mail attachment.
inline constexpr int kArchiveDepthMax = 3;
inline constexpr std::size_t kArchiveMembersMax = 100'000;
// What one reader keeps of one kind; the rest is counted as a loss.
inline constexpr std::size_t kEventsMax = 20'000;
inline constexpr std::size_t kLinksMax = 20'000;
inline constexpr std::size_t kPeersMax = 65'536;

}  // namespace bk::limits

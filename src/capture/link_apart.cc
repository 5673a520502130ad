#include "capture/link_apart.h"

#include <algorithm>
#include <array>

#include "codec/att/pdu.h"

namespace bk::capture {
namespace {

namespace opcode = codec::att::opcode;

// To lose a link and to make a new one takes a phone longer than this.
constexpr std::int64_t kSilenceUs = 2'000'000;
// Read By Group Type Request: all primary services, from handle 1 to the last.
constexpr std::array<std::uint8_t, 7> kSearchOfAll{0x10, 0x01, 0x00, 0xff, 0xff, 0x00, 0x28};
constexpr std::size_t kL2capHeader = 4;
constexpr std::uint16_t kAttChannel = 4;

std::uint8_t U8At(Bytes bytes, std::size_t at) { return std::to_integer<std::uint8_t>(bytes[at]); }

}  // namespace

bool BeginsNewLink(LinkState& state, Bytes fragment, bool from_phone, Moment at,
                   std::uint32_t clock_epoch) {
  if (fragment.size() <= kL2capHeader) return false;
  if ((U8At(fragment, 2) | U8At(fragment, 3) << 8) != kAttChannel) return false;
  const Bytes pdu = fragment.subspan(kL2capHeader);
  const std::uint8_t op = U8At(pdu, 0);
  bool& asked = state.opening_mtu;
  bool& searched = state.opening_search;
  const bool mtu = from_phone && op == opcode::kMtuRequest;
  const bool search = from_phone && std::ranges::equal(pdu, kSearchOfAll, {}, [](std::byte b) {
                        return std::to_integer<std::uint8_t>(b);
                      });
  if (!mtu && !search) {
    // A phone may search twice in a row, for itself and for an app; not after it went to work.
    if (op == opcode::kNotification || op == opcode::kWriteCommand || op == opcode::kWriteRequest)
      state.opening_over = true;
    return false;
  }
  const bool silent = state.link->packets_in + state.link->packets_out != 0 &&
                      state.clock_epoch == clock_epoch && at.time - state.last_packet >= kSilenceUs;
  if ((mtu ? asked : searched) && state.opening_over && silent) return true;
  (mtu ? asked : searched) = true;
  return false;
}

}  // namespace bk::capture

// Every decoder of the room on the same bytes; the first byte chooses codes.
#include <cstdint>
#include <span>

#include "codec/hci/codes.h"
#include "codec/hci/connection.h"
#include "codec/hci/scan.h"
#include "codec/hci/tables.h"

void Fuzz(std::span<const std::byte> input) {
  using namespace bk::codec::hci;
  const std::uint8_t choice = input.empty() ? 0 : std::to_integer<std::uint8_t>(input[0]);
  const bk::Bytes bytes = input.empty() ? input : input.subspan(1);
  (void)FindEvent(choice);
  (void)FindLeEvent(choice);
  (void)DecodeLeConnectionComplete(choice, bytes);
  (void)DecodeConnectionComplete(bytes);
  (void)DecodeDisconnectionComplete(bytes);
  (void)DecodeLeConnectionUpdateComplete(bytes);
  (void)DecodeLeDataLengthChange(bytes);
  (void)DecodeLePhyUpdateComplete(bytes);
  (void)DecodeEncryptionEvent(choice, bytes);
  (void)DecodeRemoteName(bytes);
  (void)DecodeAcceptListEntry(bytes);
  (void)DecodeCommandOutcome(choice & 1 ? event::kCommandStatus : event::kCommandComplete, bytes);
  for (const int opcode : {0x200d, 0x2043, 0x2085})
    (void)DecodeLeCreateConnection(static_cast<std::uint16_t>(opcode), bytes);
  for (const int opcode : {0x200b, 0x2041})
    (void)DecodeScanParameters(static_cast<std::uint16_t>(opcode), bytes);
  for (const int subevent : {0x02, 0x0b, 0x0d}) {
    AdvertReader reader(static_cast<std::uint8_t>(subevent), bytes);
    AdvertReport report;
    while (reader.Next(report)) (void)ReadAdvertContent(report.data);
  }
  (void)ReadAdvertContent(bytes);
}

// Everything that a phone or a server sends, in pieces.
#include <algorithm>
#include <span>

#include "codec/adb/message.h"
#include "codec/adb/shell_v2.h"
#include "codec/adb/smart_socket.h"
#include "codec/adb/sync.h"

void Fuzz(std::span<const std::byte> bytes) {
  using namespace bk;
  using namespace bk::codec::adb;
  (void)ParseDevices(AsText(bytes));
  MessageDecoder messages;
  ShellDecoder shell;
  RecvDecoder recv;
  constexpr std::size_t kPiece = 7;
  for (std::size_t at = 0; at < bytes.size(); at += kPiece) {
    const Bytes piece = bytes.subspan(at, std::min(kPiece, bytes.size() - at));
    messages.Push(piece);
    while (messages.Next()) {
    }
    shell.Push(piece, [](ShellPacketId, Bytes) {});
    recv.Push(piece);
    SyncPacket packet;
    while (recv.Next(packet)) {
    }
  }
}

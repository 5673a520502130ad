// A hostile computer: any bytes, to a phone that lets everybody in and to one that asks.
#include <algorithm>
#include <span>
#include <vector>

#include "base/result.h"
#include "simulate/adbd/host_key.h"
#include "simulate/adbd/session.h"
#include "simulate/adbd/table_services.h"
#include "simulate/adbd/trouble.h"

namespace {

void Talk(bk::simulate::adbd::Device& device, bk::Bytes bytes) {
  using bk::simulate::adbd::DeviceSession;
  using bk::simulate::adbd::Time;
  constexpr std::size_t kPiece = 61;
  DeviceSession session(device);
  std::vector<std::byte> out;
  Time now{0};
  for (std::size_t at = 0; at < bytes.size(); at += kPiece) {
    session.Receive(bytes.subspan(at, std::min(kPiece, bytes.size() - at)), now);
    out.clear();
    session.Produce(now, out);
    // At most a message for each stream and the small answers to what came.
    BK_CHECK(out.size() < (DeviceSession::kStreamsMax + 1) * (std::size_t{1} << 20));
    BK_CHECK(session.streams() <= DeviceSession::kStreamsMax);
    now += std::chrono::seconds(1);
  }
}

}  // namespace

void Fuzz(std::span<const std::byte> bytes) {
  using namespace bk::simulate::adbd;
  (void)HostKey::Parse(bk::AsText(bytes));
  (void)ParseTrouble(bk::AsText(bytes));
  TableServices table;
  table.Add("date", {.out = "today\n"});
  table.AddFile("/a/b", std::make_shared<const std::string>(100'000, 'x'));
  table.set_accepts_files(true);
  Device open(table, {}, {.answer = Owner::Answer::kNotAsked});
  Talk(open, bytes);
  Device asks(table, {.old = true}, {});
  Talk(asks, bytes);
}

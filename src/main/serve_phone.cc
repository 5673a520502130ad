#include "main/serve_phone.h"

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <utility>

#include "adapters/listen/listen.h"
#include "base/text.h"
#include "main/invent_phone.h"
#include "simulate/adbd/port.h"
#include "simulate/adbd/session.h"
#include "simulate/phone/adb_services.h"
#include "simulate/replay/replay.h"

namespace bk::main {
namespace {

using namespace simulate;  // NOLINT: this file is about nothing else

Result<adbd::Owner> OwnerOf(const std::string& words) {
  using Answer = adbd::Owner::Answer;
  if (words == "accepts") return adbd::Owner{.answer = Answer::kAccepts};
  if (words == "refuses") return adbd::Owner{.answer = Answer::kRefuses};
  if (words == "absent") return adbd::Owner{.answer = Answer::kNotAsked};
  constexpr std::uint32_t kSecondsMax = 24 * 60 * 60;
  const auto seconds = ParseInt<std::uint32_t>(words);
  if (seconds && *seconds <= kSecondsMax)
    return adbd::Owner{.answer = Answer::kAcceptsLater, .delay = std::chrono::seconds(*seconds)};
  return Fail(ErrorCode::kInvalid,
              fmt::format("--owner {}: an owner accepts, refuses, is absent, or accepts after a "
                          "number of seconds.",
                          words));
}

replay::Recording RecordingOf(const app::Replay& wanted) {
  replay::Recording recording{.archive_name = wanted.archive_name, .archive = wanted.archive};
  for (const app::Replay::Output& output : wanted.outputs)
    recording.outputs.push_back({output.command, output.out});
  return recording;
}

adbd::Profile ProfileOf(const Flavour& flavour) {
  return {
      .product = flavour.product, .model = "Simulated " + flavour.model, .device = flavour.device};
}

// What answers, and who it says it is.
struct Behind {
  std::unique_ptr<Machine> machine;
  std::unique_ptr<adbd::DeviceServices> services;
  adbd::Profile profile;
  std::string sentence;
};
Result<Behind> MakeBehind(const app::SimulatedPhone& wanted) {
  Behind behind;
  if (wanted.replay) {
    replay::Recording recording = RecordingOf(*wanted.replay);
    behind.profile = replay::ProfileOf(recording);
    behind.services = replay::MakeReplay(std::move(recording));
    behind.sentence = wanted.replay->sentence;
  } else {
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    BK_TRY(Android phone, InventPhone(wanted, now));
    if (phone.flavour.quirks.contains("adb_drops"))
      return Fail(ErrorCode::kInvalid,
                  "adb_drops is for --simulated; here say --trouble drop_connection,nth=11.");
    behind.machine = std::make_unique<Machine>(std::move(phone));
    behind.profile = ProfileOf(behind.machine->phone().flavour);
    behind.services = std::make_unique<AdbServices>(*behind.machine);
    behind.sentence = SentenceOf(behind.machine->phone().flavour, wanted);
  }
  behind.profile.old = behind.profile.old || wanted.old;
  return behind;
}

}  // namespace

Status ServePhone(const app::SimulatedPhone& wanted,
                  const std::function<void(const app::ServedPhone&)>& served) {
  if (Status fit = adbd::CheckPort(wanted.port); !fit) return fit;
  BK_TRY(const adbd::Owner owner, OwnerOf(wanted.owner));
  std::vector<adbd::Trouble> troubles;
  for (const std::string& words : wanted.troubles) {
    BK_TRY(adbd::Trouble trouble, adbd::ParseTrouble(words));
    troubles.push_back(std::move(trouble));
  }
  BK_TRY(Behind behind, MakeBehind(wanted));
  adbd::Device device(*behind.services, std::move(behind.profile), owner, std::move(troubles),
                      wanted.seed);

  BK_TRY(const auto listener, adapters::Listener::Open(wanted.port, true));
  served({.address = fmt::format("127.0.0.1:{}", listener->port()), .sentence = behind.sentence});
  listener->Serve([&device] { return std::make_unique<adbd::DeviceSession>(device); });
  return {};
}

}  // namespace bk::main

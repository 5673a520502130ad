#include "main/serve_phone.h"

#include <fmt/format.h>

#include "adapters/listen/listen.h"
#include "base/text.h"
#include "simulate/adbd/port.h"
#include "simulate/adbd/session.h"
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
  if (!wanted.replay)
    return Fail(ErrorCode::kInvalid,
                "Which phone? --report FILE plays the bug report of a real one back.");
  replay::Recording recording = RecordingOf(*wanted.replay);
  adbd::Profile profile = replay::ProfileOf(recording);
  profile.old = wanted.old;
  const auto services = replay::MakeReplay(std::move(recording));
  adbd::Device device(*services, std::move(profile), owner, std::move(troubles), wanted.seed);

  BK_TRY(const auto listener, adapters::Listener::Open(wanted.port, true));
  served({.address = fmt::format("127.0.0.1:{}", listener->port()),
          .sentence = wanted.replay->sentence});
  listener->Serve([&device] { return std::make_unique<adbd::DeviceSession>(device); });
  return {};
}

}  // namespace bk::main

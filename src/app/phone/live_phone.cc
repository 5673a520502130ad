#include "app/phone/live_phone.h"

#include <fmt/format.h>

#include "app/phone/bug_report.h"

namespace bk::app {
namespace {

// Of Track, which speaks up every quarter of a second: a minute.
constexpr int kLeaveTicks = 240;

void Say(const World& world, std::string_view text) {
  if (world.progress) world.progress(text);
}

class HeldBytes : public ports::Blob {
 public:
  explicit HeldBytes(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] Bytes bytes() const override { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
};

// Whether the owner gave leave.
bool WaitForLeave(const PhoneRequest& request, const World& world) {
  Say(world, "waiting: unlock the phone and tap Allow");
  bool allowed = false;
  int ticks = 0;
  const auto tracked = world.phones->Track([&](std::span<const ports::PhoneSeen> phones) {
    bool asks = false;
    for (const ports::PhoneSeen& phone : phones) {
      if (!request.serial.empty() && phone.serial != request.serial) continue;
      allowed = allowed || phone.state == ports::PhoneState::kReady;
      asks = asks || phone.state != ports::PhoneState::kReady;
    }
    return !allowed && asks && ++ticks < kLeaveTicks;
  });
  return tracked.has_value() && allowed;
}

Result<std::unique_ptr<ports::Phone>> Open(const PhoneRequest& request, const World& world) {
  Say(world, "looking for the phone");
  auto phone = world.phones->Open(request.serial);
  if (phone || phone.error().code != ErrorCode::kRefused || !world.progress) return phone;
  const auto listed = world.phones->List();
  if (!listed) return phone;
  for (const ports::PhoneSeen& seen : *listed)
    if (seen.state == ports::PhoneState::kUnauthorised && WaitForLeave(request, world))
      return world.phones->Open(request.serial);
  return phone;
}

}  // namespace

Result<LivePhone> ReadLivePhone(const PhoneRequest& request,
                                std::span<const evidence::CompanionApp> apps, const World& world) {
  if (world.phones == nullptr)
    return Fail(ErrorCode::kNotFound, "This bandkeeper cannot reach a phone over a cable.");
  BK_TRY(const auto phone, Open(request, world));
  Say(world, "asking the phone");
  LivePhone live;
  BK_TRY(live.collected,
         CollectPhone(*phone, *world.patterns, apps,
                      request.deep || request.patient ? Patience::kPatient : Patience::kBrisk));
  if (request.deep) {
    auto report = FetchBugReport(*phone, world.progress);
    if (report) {
      live.report_name = std::move(report->name);
      live.report = std::make_unique<HeldBytes>(std::move(report->bytes));
    } else if (report.error().code == ErrorCode::kStopped) {
      return std::unexpected(report.error());
    } else {
      live.collected.losses.push_back(
          {.kind = evidence::LossKind::kRefused,
           .where = {.file = kLivePhone, .member = "bugreportz"},
           .text = "the phone wrote no bug report: " + report.error().message});
    }
  }
  Say(world, "");
  return live;
}

}  // namespace bk::app

#include "app/phone/live_phone.h"

#include "app/phone/bug_report.h"
#include "app/phone/messages.h"
#include "app/phone/open_phone.h"

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
bool WaitForLeave(const PhoneRequest& request, const World& world,
                  const language::Language& language) {
  Say(world, language.Say(kLiveSays.allow));
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

Result<std::unique_ptr<ports::Phone>> Open(const PhoneRequest& request, const World& world,
                                           const language::Language& language) {
  Say(world, language.Say(kLiveSays.looking));
  auto phone = OpenPhone(*world.phones, request.serial, language);
  if (phone || phone.error().code != ErrorCode::kRefused || !world.progress) return phone;
  const auto listed = world.phones->List();
  if (!listed) return phone;
  for (const ports::PhoneSeen& seen : *listed)
    if (seen.state == ports::PhoneState::kUnauthorised && WaitForLeave(request, world, language))
      return OpenPhone(*world.phones, request.serial, language);
  return phone;
}

}  // namespace

Result<LivePhone> ReadLivePhone(const PhoneRequest& request,
                                std::span<const evidence::CompanionApp> apps, const World& world,
                                const language::Language* language) {
  static const language::Language kEnglish;
  const language::Language& spoken = language == nullptr ? kEnglish : *language;
  if (world.phones == nullptr) return Fail(ErrorCode::kNotFound, spoken.Say(kLiveSays.no_cable));
  BK_TRY(const auto phone, Open(request, world, spoken));
  Say(world, spoken.Say(kLiveSays.asking));
  LivePhone live;
  BK_TRY(live.collected,
         CollectPhone(*phone, *world.patterns, apps,
                      request.deep || request.patient ? Patience::kPatient : Patience::kBrisk,
                      &spoken));
  if (request.deep) {
    auto report = FetchBugReport(*phone, world.progress, spoken);
    if (report) {
      live.report_name = std::move(report->name);
      live.report = std::make_unique<HeldBytes>(std::move(report->bytes));
    } else if (report.error().code == ErrorCode::kStopped) {
      return std::unexpected(report.error());
    } else {
      live.collected.losses.push_back(
          {.kind = evidence::LossKind::kRefused,
           .where = {.file = kLivePhone, .member = "bugreportz"},
           .text = spoken.Say(kLiveSays.no_report, {{"why", report.error().message}})});
    }
  }
  Say(world, "");
  return live;
}

}  // namespace bk::app

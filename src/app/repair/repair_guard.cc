#include "app/repair/repair_guard.h"

#include "app/phone/messages.h"
#include "repair/undo.h"

namespace bk::app {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kJournalFree{20'000};  // for a guard to end
constexpr milliseconds kJournalRetry{250};
constexpr milliseconds kGuardPatience{120'000};  // for a phone that restarts meanwhile
constexpr milliseconds kGuardRetry{2'000};

}  // namespace

Status CanRepair(const World& world, const language::Language& language) {
  if (world.phones == nullptr || !world.clock || !world.journal || world.patterns == nullptr)
    return Fail(ErrorCode::kNotFound, language.Say(kLiveSays.no_cable));
  return {};
}

Result<std::unique_ptr<ports::Journal>> AwaitJournal(const World& world, ports::Clock& clock) {
  auto journal = world.journal(true);
  for (milliseconds waited{0}; !journal && journal.error().code == ErrorCode::kRefused &&
                               waited < kJournalFree && clock.Wait(kJournalRetry);
       waited += kJournalRetry)
    journal = world.journal(true);
  return journal;
}

Status PutBackAfterDeath(const std::string& serial, const World& world) {
  if (const Status able = CanRepair(world); !able) return able;
  const auto clock = world.clock();
  BK_TRY(const auto file, AwaitJournal(world, *clock));
  BK_TRY(auto journal, repair::RepairJournal::Open(*file, *clock));
  const std::vector<std::uint64_t> hot = repair::HotRepairs(journal, serial);
  for (milliseconds waited{0}; waited < kGuardPatience; waited += kGuardRetry) {
    auto phone = world.phones->Open(serial);
    auto traits = phone ? repair::ReadTraits(**phone)
                        : Result<repair::PhoneTraits>(std::unexpected(phone.error()));
    bool left = !traits.has_value();
    for (const std::uint64_t number : hot) {
      if (!traits) break;
      const repair::Workplace place{**phone, *clock, journal, *traits, number};
      for (const repair::Undone& undone : repair::PutBackTemporary(number, place))
        left = left || undone.how == repair::Undone::How::kCannot;
    }
    if (!left) return {};
    if (!clock->Wait(kGuardRetry)) break;
  }
  return Fail(ErrorCode::kNotFound, "The phone did not come back.");
}

}  // namespace bk::app

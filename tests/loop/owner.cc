#include "loop/owner.h"

#include <algorithm>

#include "loop/witness.h"
#include "simulate/phone/life/advance.h"
#include "simulate/phone/life/owner.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::loop {
namespace {

using simulate::Android;
using simulate::Deed;
using std::chrono::microseconds;
using std::chrono::milliseconds;

// Whoever watches for minutes need not look every second.
constexpr milliseconds kSeldom{20'000};

}  // namespace

std::int64_t LoopClock::WallMillis() const { return 1'790'000'000'000 + Now().count(); }
milliseconds LoopClock::Now() const {
  return std::chrono::duration_cast<milliseconds>(phone_.Elapsed());
}
bool LoopClock::Wait(milliseconds time) {
  phone_.Pass(std::max(time, coarse_));
  return true;
}
void LoopClock::WaitOut(milliseconds time) { phone_.Pass(time); }

// The program says when a page is open and its owner's finger is awaited.
void OwnerFace::Tell(std::string_view sentence) {
  if (sentence.starts_with("The phone shows ") || sentence.starts_with("Open ")) page_open_ = true;
}

bool OwnerFace::Act() {
  if (acted_) return done_;
  acted_ = true;
  const std::string id = fix_->id;
  const auto takes = std::chrono::duration<double, std::ratio<60>>(fix_->hands_on);
  phone_.Pass(std::chrono::duration_cast<microseconds>(takes));
  done_ = temper_.deeds != Deed::kRefuses;
  phone_.With([&](Android& phone) {
    phone.life.owner.usually = temper_.deeds;
    const FlatSystem before = Flatten(phone.system);
    const Deed deed = simulate::AskOwner(phone, id);
    if (deed == Deed::kRefuses) done_ = false;
    if (deed != Deed::kDoes) return;
    deeds_.push_back(id);
    const FlatSystem after = Flatten(phone.system);
    for (const std::string& name : Differing(before, after)) {
      const auto now = after.find(name);
      by_finger_[name] = now == after.end() ? "" : now->second;
    }
  });
  return done_;
}

OwnerFace::Finger OwnerFace::AskFinger(const repair::OpenPage&, bool) {
  return Act() ? Finger::kDone : Finger::kCannot;
}
bool OwnerFace::Waiting(std::string_view, milliseconds) {
  coarse_ = milliseconds(0);
  return !page_open_ || Act();
}
OwnerFace::Reply OwnerFace::OfferRollBack(const repair::Repair&, const std::vector<std::string>&) {
  return Reply::kYes;
}
void OwnerFace::BeginStep(const app::StepShown& shown) {
  fix_ = shown.fix;
  page_open_ = acted_ = done_ = false;
  coarse_ = milliseconds(0);
  phone_.With([&](Android& phone) { step_began_ = phone.clock.wall; });
}
OwnerFace::Reply OwnerFace::AskStep(const app::StepShown&, const repair::ConsentQuestion&) {
  return Reply::kYes;
}
OwnerFace::Typed OwnerFace::AskLossy(const app::StepShown& shown,
                                     const repair::ConsentQuestion& question) {
  if (!temper_.gives_up_data) return {};
  agreed_to_lose_.push_back(shown.fix->id);
  return {.reply = Reply::kYes, .word = question.word};
}
OwnerFace::Reply OwnerFace::AskDone(const app::StepShown&) {
  return Act() ? Reply::kYes : Reply::kNo;
}

OwnerFace::Said OwnerFace::AskFinding(const troubleshoot::Step& question) {
  asked_.push_back(question.id);
  if (!temper_.answers) return Said::kNotKnown;
  std::optional<bool> said;
  phone_.With([&](Android& phone) { said = Witness(phone, question.id); });
  if (!said) return Said::kNotKnown;
  return *said ? Said::kYes : Said::kNo;
}

std::string OwnerFace::AskQuestion(const troubleshoot::Interview::Question& question) {
  asked_.push_back(question.id);
  if (!temper_.answers) return std::string(troubleshoot::kNotKnown);
  const auto sees = [&](std::string_view finding) {
    std::optional<bool> said;
    phone_.With([&](Android& phone) { said = Witness(phone, finding); });
    return said;
  };
  if (question.options.empty()) {
    const auto said = sees(question.id);
    return std::string(!said   ? troubleshoot::kNotKnown
                       : *said ? troubleshoot::kYes
                               : troubleshoot::kNo);
  }
  // The first whose every word is so.
  for (const auto& option : question.options) {
    const auto means =
        troubleshoot::FindingsOf(troubleshoot::EmbeddedKnowledge(), {question.id, option.id});
    const bool fits = std::ranges::all_of(means, [&](const evidence::Finding& finding) {
      const auto said = sees(finding.id);
      return said && finding.value == evidence::FindingValue(*said);
    });
    if (!fits || means.empty()) continue;
    asked_.back() += "=" + option.id;
    return option.id;
  }
  return std::string(troubleshoot::kNone);
}

// The program asks by the apps' titles which one it is; the other questions have their first answer
// for a yes.
std::size_t OwnerFace::AskWhich(std::string_view question,
                                const std::vector<std::string>& options) {
  if (!question.starts_with("Which app")) return 0;
  std::string label;
  phone_.With([&](Android& phone) { label = phone.system.packages[phone.life.companion].label; });
  const auto found = std::ranges::find(options, label);
  return found == options.end() ? npos : static_cast<std::size_t>(found - options.begin());
}

bool OwnerFace::Watching(const app::GoalSeen&, milliseconds) {
  coarse_ = kSeldom;
  return true;
}
OwnerFace::Said OwnerFace::AskSynced(const app::SyncQuestion& question) {
  bool synced = false;
  phone_.With([&](Android& phone) {
    if (question.as_before)
      synced = simulate::Healthy(phone, step_began_) && simulate::NotificationsArrive(phone);
    else
      synced = phone.life.last_sync > step_began_ && phone.life.last_sync <= phone.clock.wall;
  });
  return synced ? Said::kYes : Said::kNo;
}
void OwnerFace::StepOver(const app::StepRun&) { coarse_ = milliseconds(0); }

}  // namespace bk::loop

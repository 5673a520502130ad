#include "undo/plan.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "repair/action.h"
#include "simulate/phone/setup/catalogue.h"
#include "simulate/phone/setup/make_android.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"
#include "undo/edits.h"
#include "undo/plan_parts.h"

namespace bk::undo {
namespace {

using simulate::Android;
using Kind = Event::Kind;

// Every fix that the tool does itself.
const std::vector<const troubleshoot::Fix*>& Fixes() {
  static const auto fixes = [] {
    std::vector<const troubleshoot::Fix*> all;
    for (const troubleshoot::Fix& fix : troubleshoot::EmbeddedKnowledge().fixes)
      if (repair::DoerOf(fix.id) == repair::Doer::kTool) all.push_back(&fix);
    return all;
  }();
  return fixes;
}

std::string Text(const Event& event, const std::vector<Edit>& edits) {
  switch (event.kind) {
    case Kind::kQuirk:
      return std::string("the phone: ") + kQuirks[event.index % kQuirks.size()];
    case Kind::kSet:
      return "set before: " + EditBefore(edits, event.index).what;
    case Kind::kFix:
      return "fix " + FixFor(event.index).id;
    case Kind::kEdit:
      return "somebody sets something";
    case Kind::kEditInPause:
      return "in the next pause somebody sets something";
    case Kind::kNewRepair:
      return "another repair";
    case Kind::kUndo:
      return "undo";
    case Kind::kOwnersRestart:
      return "the owner restarts the phone";
  }
  return {};
}

}  // namespace

const troubleshoot::Fix& FixFor(std::size_t index) {
  constexpr std::array kOften = {"lift_background_restriction", "set_time_automatic",
                                 "lift_bluetooth_app_restriction"};
  const std::string_view often = kOften[index / 3 % kOften.size()];
  for (const troubleshoot::Fix* fix : Fixes())
    if (index % 3 == 0 && fix->id == often) return *fix;
  return *Fixes()[index / 3 % Fixes().size()];
}

Android NewPhone(const Plan& plan) {
  Android phone = simulate::MakeAndroid(plan.sdk, plan.maker, plan.seed);
  simulate::InstallCompanion(phone, kOther);
  return phone;
}

const Edit& EditBefore(const std::vector<Edit>& edits, std::size_t index) {
  std::vector<const Edit*> chosen;
  const std::size_t of = index % 3;  // 0: the phone's, 1: the app's, 2: any
  for (const Edit& edit : edits)
    if (of == 2 || (of == 1) == edit.what.starts_with(kApp)) chosen.push_back(&edit);
  if (of == 0)
    std::erase_if(chosen, [](const Edit* edit) { return edit->names[0].starts_with("package/"); });
  return *chosen[index / 3 % chosen.size()];
}

Plan PlanOf(int sdk, simulate::Maker maker, std::uint64_t seed) {
  Plan plan{.sdk = sdk, .maker = maker, .seed = seed};
  std::uint64_t random =
      seed * 7'919 + static_cast<std::uint64_t>(sdk) * 3 + static_cast<std::uint64_t>(maker) + 1;
  const auto below = [&](std::uint64_t bound) { return simulate::RandomBelow(random, bound); };
  const auto add = [&](Kind kind) { plan.events.push_back({kind, below(1'000'000)}); };
  plan.answer = static_cast<Answer>(below(3));
  if (below(3) == 0) add(Kind::kQuirk);
  for (std::uint64_t left = 5 + below(40); left > 0; --left) add(Kind::kSet);
  // What is set before hides what a fix changes, so the same things are set and mended often.
  for (std::uint64_t left = 3 + below(8); left > 0; --left) {
    const std::uint64_t what = below(20);
    add(what < 11   ? Kind::kFix
        : what < 15 ? Kind::kEdit
        : what < 17 ? Kind::kEditInPause
        : what < 18 ? Kind::kNewRepair
        : what < 19 ? Kind::kUndo
                    : Kind::kOwnersRestart);
  }
  return plan;
}

std::string Text(const Plan& plan) {
  const std::vector<Edit> edits = EditsOf(NewPhone(plan));
  constexpr std::array kAnswers = {"it stays", "put it back",
                                   "nobody is there at first, then it stays"};
  std::string text =
      fmt::format("sdk {}, maker {}, seed {}; asked: {}\n", plan.sdk, static_cast<int>(plan.maker),
                  plan.seed, kAnswers[static_cast<std::size_t>(plan.answer)]);
  for (const Event& event : plan.events) text += "  " + Text(event, edits) + "\n";
  return text;
}

Plan Shrunk(Plan plan) {
  for (bool shorter = true; shorter;) {
    shorter = false;
    for (std::size_t i = plan.events.size(); i-- > 0;) {
      Plan without = plan;
      without.events.erase(without.events.begin() + static_cast<std::ptrdiff_t>(i));
      if (RunPlan(without).problems.empty()) continue;
      plan = std::move(without);
      shorter = true;
    }
  }
  return plan;
}

}  // namespace bk::undo

#include "guide_walk.h"

#include <algorithm>

#include "loop/run_loop.h"
#include "loop/witness.h"
#include "simulate/phone/life/advance.h"
#include "simulate/phone/life/owner.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"
#include "troubleshoot/knowledge/guide_order.h"

namespace bk::bench {
namespace {

using simulate::Android;
using simulate::Deed;
using Minutes = std::chrono::duration<double, std::ratio<60>>;

std::chrono::microseconds Micros(double minutes) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Minutes(minutes));
}

}  // namespace

Walk WalkTheGuide(loop::PhoneAtHand& phone, const std::vector<std::string>& faults,
                  const loop::Temper& temper) {
  const troubleshoot::Knowledge& knowledge = troubleshoot::EmbeddedKnowledge();
  const bool notifications = std::ranges::any_of(
      faults, [](const std::string& fault) { return fault.starts_with("notification_"); });
  const Android before = phone.Copy();
  const auto order = troubleshoot::GuideOrder(knowledge, [&](std::string_view finding) {
    return loop::Witness(before, finding).value_or(false);
  });
  const auto began = phone.Elapsed();
  Walk walk;
  for (const std::size_t index : order) {
    const troubleshoot::Fix& fix = knowledge.fixes[index];
    const bool lossy = fix.loss >= troubleshoot::LossClass::kPairing;
    if (temper.deeds == Deed::kRefuses || (lossy && !temper.gives_up_data)) continue;
    ++walk.fixes;
    walk.lossy += lossy && temper.deeds == Deed::kDoes;
    const auto step_began = phone.Elapsed();
    std::chrono::microseconds wall{0};
    phone.With([&](Android& android) { wall = android.clock.wall; });
    phone.Pass(Micros(fix.hands_on));
    phone.With([&](Android& android) {
      android.life.owner.usually = temper.deeds;
      simulate::AskOwner(android, fix.id);
    });
    // The rest of the fix's minutes go into seeing whether it helped.
    bool works = false;
    const auto until = std::max(step_began + Micros(fix.minutes), phone.Elapsed());
    do {
      phone.Pass(std::chrono::seconds(20));
      phone.With([&](Android& android) {
        works = simulate::Healthy(android, wall) &&
                (!notifications || simulate::NotificationsArrive(android));
      });
    } while (!works && phone.Elapsed() < until);
    if (works) break;
  }
  walk.minutes = Minutes(phone.Elapsed() - began).count();
  walk.well = loop::WillBeWell(phone.Copy(), faults);
  return walk;
}

}  // namespace bk::bench

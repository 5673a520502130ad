#include "troubleshoot/population/policies.h"

#include <algorithm>
#include <numeric>

#include "troubleshoot/diagnose.h"
#include "troubleshoot/knowledge/guide_order.h"
#include "troubleshoot/population/random.h"

namespace bk::troubleshoot {
namespace {

bool Contains(const std::vector<std::size_t>& list, std::size_t x) {
  return std::ranges::find(list, x) != list.end();
}

// Nobody switches on what is known to be on, or does again what was done in vain: fair to all.
class Applicable {
 public:
  Applicable(const BeliefModel& model, const Seen& seen)
      : model_(model),
        seen_(seen),
        observations_(model.Observe(seen.findings)),
        tried_(model.TriedInVain(observations_)) {}

  [[nodiscard]] bool operator()(std::size_t x) const {
    const Fix& fix = model_.knowledge().fixes[x];
    const auto known = [&](const std::string& id) {
      return Known(model_, observations_, model_.FindingIndex(id));
    };
    return !Contains(seen_.failed, x) && !Contains(tried_, x) &&
           std::ranges::none_of(fix.requires_true, [&](auto& id) { return known(id) < 0; }) &&
           std::ranges::none_of(fix.requires_false, [&](auto& id) { return known(id) > 0; });
  }
  [[nodiscard]] const std::vector<Observation>& observations() const { return observations_; }

 private:
  const BeliefModel& model_;
  const Seen& seen_;
  std::vector<Observation> observations_;
  std::vector<std::size_t> tried_;
};

class BandkeeperPolicy final : public Policy {
 public:
  BandkeeperPolicy(const BeliefModel& model, const Planner& planner)
      : model_(model), planner_(planner) {}
  [[nodiscard]] std::string_view Name() const override { return "bandkeeper"; }
  void Begin(const Seen& /*seen*/, std::uint64_t /*number*/) override {}

  Choice Next(const Seen& seen) override {
    const std::vector<Observation> observations = model_.Observe(seen.findings);
    std::vector<std::size_t> failed = seen.failed;
    std::ranges::sort(failed);
    const Belief belief = model_.Believe(observations, failed);
    const Verdict verdict =
        Judge(model_, observations, belief, JudgeLayers(model_, observations, belief),
              {.of_band = true, .from_person = true});
    if (verdict.outcome == Outcome::kHealthy || verdict.outcome == Outcome::kNoTrouble) return {};
    Situation now = planner_.Start(
        observations, failed, {},
        LimitsFor(model_, observations, belief, {.of_band = true, .from_person = true}));
    for (const std::size_t question : seen.unanswered) planner_.Close(now, question);
    return planner_.Next(now);
  }

 private:
  const BeliefModel& model_;
  const Planner& planner_;
};

// A list made at the start.
class ListPolicy : public Policy {
 public:
  explicit ListPolicy(const BeliefModel& model) : model_(model) {}

  Choice Next(const Seen& seen) override {
    const Applicable applicable(model_, seen);
    while (at_ < order_.size()) {
      const std::size_t x = order_[at_++];
      if (applicable(x)) return {Choice::Kind::kFix, x, {}};
    }
    return {};
  }

 protected:
  [[nodiscard]] const BeliefModel& model() const { return model_; }
  void Follow(std::vector<std::size_t> order) {
    order_ = std::move(order);
    at_ = 0;
  }
  [[nodiscard]] std::vector<std::size_t> All() const {
    std::vector<std::size_t> all(model_.knowledge().fixes.size());
    std::iota(all.begin(), all.end(), 0);
    return all;
  }

 private:
  const BeliefModel& model_;
  std::vector<std::size_t> order_;
  std::size_t at_ = 0;
};

class GuidePolicy final : public ListPolicy {
 public:
  using ListPolicy::ListPolicy;
  [[nodiscard]] std::string_view Name() const override { return "the guide"; }
  void Begin(const Seen& seen, std::uint64_t /*number*/) override {
    const std::vector<Observation> observations = model().Observe(seen.findings);
    Follow(GuideOrder(model().knowledge(), [&](std::string_view id) {
      return Known(model(), observations, model().FindingIndex(id)) > 0;
    }));
  }
};

class CheapestPolicy final : public ListPolicy {
 public:
  using ListPolicy::ListPolicy;
  [[nodiscard]] std::string_view Name() const override { return "cheapest first"; }
  void Begin(const Seen& /*seen*/, std::uint64_t /*number*/) override {
    std::vector<std::size_t> order = All();
    std::ranges::stable_sort(order, {},
                             [&](std::size_t x) { return model().knowledge().fixes[x].minutes; });
    Follow(std::move(order));
  }
};

class RandomPolicy final : public ListPolicy {
 public:
  RandomPolicy(const BeliefModel& model, std::uint64_t seed) : ListPolicy(model), seed_(seed) {}
  [[nodiscard]] std::string_view Name() const override { return "at random"; }
  void Begin(const Seen& /*seen*/, std::uint64_t number) override {
    Random random({seed_, number});
    std::vector<std::size_t> order = All();
    for (std::size_t i = order.size(); i > 1; --i)
      std::swap(order[i - 1], order[static_cast<std::size_t>(random.Below(i))]);
    Follow(std::move(order));
  }

 private:
  std::uint64_t seed_;
};

class LikeliestPolicy final : public Policy {
 public:
  explicit LikeliestPolicy(const BeliefModel& model) : model_(model) {}
  [[nodiscard]] std::string_view Name() const override { return "likeliest first"; }
  void Begin(const Seen& /*seen*/, std::uint64_t /*number*/) override {}

  Choice Next(const Seen& seen) override {
    const Applicable applicable(model_, seen);
    std::vector<std::size_t> failed = seen.failed;
    std::ranges::sort(failed);
    const Belief belief = model_.Believe(applicable.observations(), failed);
    Choice best;
    double most = 0;
    for (std::size_t x = 0; x < model_.knowledge().fixes.size(); ++x) {
      if (!applicable(x)) continue;
      double cures = 0;
      for (std::size_t c = 0; c < belief.causes.size(); ++c)
        cures += belief.causes[c] * model_.FixChance(x, c);
      if (cures <= most) continue;
      most = cures;
      best = {Choice::Kind::kFix, x, {}};
    }
    return best;
  }

 private:
  const BeliefModel& model_;
};

}  // namespace

std::unique_ptr<Policy> Bandkeeper(const BeliefModel& model, const Planner& planner) {
  return std::make_unique<BandkeeperPolicy>(model, planner);
}
std::unique_ptr<Policy> TheGuide(const BeliefModel& model) {
  return std::make_unique<GuidePolicy>(model);
}
std::unique_ptr<Policy> CheapestFirst(const BeliefModel& model) {
  return std::make_unique<CheapestPolicy>(model);
}
std::unique_ptr<Policy> LikeliestFirst(const BeliefModel& model) {
  return std::make_unique<LikeliestPolicy>(model);
}
std::unique_ptr<Policy> AtRandom(const BeliefModel& model, std::uint64_t seed) {
  return std::make_unique<RandomPolicy>(model, seed);
}

std::vector<std::unique_ptr<Policy>> AllPolicies(const BeliefModel& model, const Planner& planner,
                                                 std::uint64_t seed) {
  std::vector<std::unique_ptr<Policy>> all;
  all.push_back(Bandkeeper(model, planner));
  all.push_back(TheGuide(model));
  all.push_back(CheapestFirst(model));
  all.push_back(LikeliestFirst(model));
  all.push_back(AtRandom(model, seed));
  return all;
}

}  // namespace bk::troubleshoot

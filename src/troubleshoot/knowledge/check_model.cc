#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "troubleshoot/knowledge/problem_list.h"

namespace bk::troubleshoot {
namespace {

void CheckConstants(const Knowledge& knowledge, ProblemList& problems) {
  const Model& m = knowledge.model;
  const auto above_zero = [&](std::string_view table, std::string_view key, double value) {
    if (!(value > 0)) problems.Error({"model", table}, key, fmt::format("{} must be above 0", key));
  };
  above_zero("none_of_these", "prior", knowledge.none_prior);
  problems.NeedChance({"model", "healthy"}, "prior", knowledge.healthy_prior, "prior");
  const auto origin = [&](std::string_view table, std::string_view from) {
    problems.NeedText({"model", table}, "from", from, "origin (from)");
  };
  origin("none_of_these", knowledge.none_from);
  origin("belief", m.belief_from);
  origin("verdict", m.verdict_from);
  origin("plan", m.plan_from);
  origin("interview", m.interview_from);
  above_zero("belief", "temperature", m.temperature);
  const Subject plan = {"model", "plan"};
  above_zero("plan", "give_up_minutes", m.give_up_minutes);
  if (!(m.waiting_price > 0 && m.hands_on_price > 0))
    problems.Error(plan, "price", "the price of a minute must be above 0");
  if (m.together_max < 1) problems.Error(plan, "together_max", "together_max must be at least 1");
  if (m.sets_max < 1) problems.Error(plan, "sets_max", "sets_max must be at least 1");
  if (m.name_cause > m.sure_cause)
    problems.Error({"model", "verdict"}, "name_cause",
                   "name_cause is above sure_cause: a cause would be sure and not named");
  const auto orderly = [&](std::string_view key, const std::array<double, 5>& by_class,
                           bool rising) {
    for (std::size_t loss = 1; loss < by_class.size(); ++loss) {
      const double step = by_class[loss] - by_class[loss - 1];
      if (rising ? step >= 0 : step <= 0) continue;
      const std::string_view name = LossClassName(static_cast<LossClass>(loss));
      problems.Error(plan, fmt::format("{}.{}", key, name),
                     fmt::format("{} of {} is {} that of a less harmful class", key, name,
                                 rising ? "below" : "above"));
    }
  };
  orderly("least_chance", m.least_chance, true);
  orderly("to_the_end.least_chance", m.to_the_end.least_chance, true);
  orderly("outweighs_unknown", m.outweighs_unknown, true);
  orderly("loss_price", m.loss_price, true);
  orderly("waits_for_chance", m.waits_for_chance, false);
}

class Clusters {
 public:
  Clusters(const Knowledge& knowledge, ProblemList& problems)
      : clusters_(knowledge.model.clusters), problems_(problems) {}

  // Someone is in `cluster` who has `minutes` for it.
  void Use(Subject subject, const std::string& cluster, double minutes) {
    if (cluster.empty()) return;
    for (std::string_view at = cluster; !at.empty() && used_.insert(at).second;) {
      const Cluster* found = Find(at);
      if (found == nullptr) break;
      at = found->inside;
    }
    if (MinutesTo(subject, cluster) >= minutes)
      problems_.Error(
          subject, "cluster",
          fmt::format("getting to the cluster \"{}\" takes all of its minutes", cluster));
  }

  void NoteUnused() {
    for (const Cluster& cluster : clusters_)
      if (!used_.contains(cluster.id))
        problems_.Warning({"cluster", cluster.id}, "", "no fix and no question is in the cluster");
  }

 private:
  [[nodiscard]] const Cluster* Find(std::string_view id) const {
    const auto found = std::ranges::find(clusters_, id, &Cluster::id);
    return found == clusters_.end() ? nullptr : &*found;
  }

  // From nowhere; notes what is wrong with it on the way.
  double MinutesTo(Subject subject, const std::string& cluster) {
    double minutes = 0;
    std::set<std::string_view> on_the_way;
    for (std::string_view at = cluster; !at.empty();) {
      const Cluster* found = Find(at);
      if (found == nullptr) {
        problems_.Error(subject, "cluster",
                        fmt::format("names the cluster \"{}\", which is not there", at));
        return minutes;
      }
      if (!on_the_way.insert(at).second) {
        problems_.Error({"cluster", at}, "inside", "the cluster is inside itself");
        return minutes;
      }
      minutes += found->minutes;
      at = found->inside;
    }
    return minutes;
  }

  const std::vector<Cluster>& clusters_;
  ProblemList& problems_;
  std::set<std::string_view> used_;
};

void CheckClusters(const Knowledge& knowledge, ProblemList& problems) {
  std::set<std::string_view> ids;
  for (const Cluster& cluster : knowledge.model.clusters) {
    const Subject at = {"cluster", cluster.id};
    if (!ids.insert(cluster.id).second) problems.Error(at, "id", "the cluster is there twice");
    problems.NeedText(at, "from", cluster.from, "origin (from)");
  }
  Clusters clusters(knowledge, problems);
  for (const FindingKind& finding : knowledge.findings)
    clusters.Use({"finding", finding.id}, finding.cluster, finding.minutes);
  for (const Fix& fix : knowledge.fixes)
    clusters.Use({"fix", fix.id}, fix.cluster, fix.minutes - fix.test_minutes);
  clusters.NoteUnused();
}

}  // namespace

void CheckModel(const Knowledge& knowledge, ProblemList& problems) {
  CheckConstants(knowledge, problems);
  CheckClusters(knowledge, problems);
}

}  // namespace bk::troubleshoot

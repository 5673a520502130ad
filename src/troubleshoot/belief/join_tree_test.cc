// The model against dlib's exact inference on the same network: faults as independent nodes, a
// chain that says that there is one, findings with their tables, and a node for what the sources
// report.
#include <dlib/bayes_utils.h>
#include <dlib/directed_graph.h>
#include <dlib/graph.h>
#include <dlib/graph_utils.h>
#include <gtest/gtest.h>

#include "troubleshoot/belief/all_sets.h"

namespace bk::troubleshoot {
namespace {

using all_sets::Mask;
using Network = dlib::directed_graph<dlib::bayes_node>::kernel_1a_c;
using NodeSet = dlib::set<unsigned long>::compare_1b_c;
using JoinTree = dlib::graph<NodeSet, NodeSet>::kernel_1a_c;

class Net {
 public:
  explicit Net(std::size_t nodes) {
    network_.set_number_of_nodes(nodes);
    for (std::size_t i = 0; i < nodes; ++i)
      dlib::bayes_node_utils::set_node_num_values(network_, i, 2);
  }

  // `yes`: the chance that the node holds, by the parents' values, bit i for parent i.
  template <class Yes>
  void Set(std::size_t node, const std::vector<std::size_t>& parents, Yes yes) {
    for (const std::size_t parent : parents) network_.add_edge(parent, node);
    for (Mask values = 0; values < Mask{1} << parents.size(); ++values) {
      dlib::assignment given;
      for (std::size_t i = 0; i < parents.size(); ++i) given.add(parents[i], values >> i & 1);
      const double chance = yes(values);
      dlib::bayes_node_utils::set_node_probability(network_, node, 1, given, chance);
      dlib::bayes_node_utils::set_node_probability(network_, node, 0, given, 1 - chance);
    }
  }

  void Saw(std::size_t node) {
    dlib::bayes_node_utils::set_node_value(network_, node, 1);
    dlib::bayes_node_utils::set_node_as_evidence(network_, node);
  }

  // The chance of each of the first nodes.
  std::vector<double> Infer(std::size_t count) {
    JoinTree tree;
    dlib::create_moral_graph(network_, tree);
    dlib::create_join_tree(tree, tree);
    const dlib::bayesian_network_join_tree solution(network_, tree);
    std::vector<double> chances;
    for (std::size_t i = 0; i < count; ++i) chances.push_back(solution.probability(i)(1));
    return chances;
  }

 private:
  Network network_;
};

TEST(JoinTree, DlibFindsTheSameOnTheSameNetwork) {
  std::mt19937 random(11);
  double farthest = 0;
  for (int round = 0; round < 40; ++round) {
    const Knowledge knowledge = all_sets::RandomKnowledge(
        random, {.causes_max = 10, .findings_max = 12, .tempered = false, .mimics = false});
    const BeliefModel model(knowledge);
    const auto observations = model.Observe(all_sets::RandomEvidence(random, knowledge));
    const std::size_t faults = knowledge.causes.size() + 1;

    // Nodes: faults, then "one of the faults up to this one", then findings, then their reports.
    const std::size_t any = faults, found = any + faults, told = found + observations.size();
    Net net(told + observations.size());
    double priors = knowledge.none_prior;
    for (const Cause& cause : knowledge.causes) priors += cause.prior;
    for (std::size_t c = 0; c < faults; ++c) {
      const double prior =
          (c + 1 < faults ? knowledge.causes[c].prior : knowledge.none_prior) / priors;
      const double odds = knowledge.model.second_fault * prior;
      net.Set(c, {}, [&](Mask) { return odds / (1 + odds); });
      if (c == 0)
        net.Set(any, {0}, [](Mask values) { return values != 0 ? 1.0 : 0.0; });
      else
        net.Set(any + c, {any + c - 1, c}, [](Mask values) { return values != 0 ? 1.0 : 0.0; });
    }
    for (std::size_t i = 0; i < observations.size(); ++i) {
      const Observation& seen = observations[i];
      std::vector<std::size_t> parents;
      for (std::size_t c = 0; c + 1 < faults; ++c)
        for (const Effect& effect : knowledge.causes[c].effects)
          if (effect.finding == knowledge.findings[seen.finding].id) parents.push_back(c);
      if (parents.empty()) parents.push_back(0);  // dlib wants one connected graph
      net.Set(found + i, parents, [&](Mask values) {
        Mask set = 0;
        for (std::size_t p = 0; p < parents.size(); ++p)
          if ((values >> p & 1) != 0) set |= Mask{1} << parents[p];
        return all_sets::Chance(knowledge, seen.finding, set);
      });
      net.Set(told + i, {found + i},
              [&](Mask holds) { return holds != 0 ? seen.if_true : seen.if_false; });
      net.Saw(told + i);
    }
    net.Saw(any + faults - 1);
    const std::vector<double> chances = net.Infer(faults);

    const all_sets::Sum sum = all_sets::SumOf(knowledge, model, observations, {}, faults);
    const Belief belief = model.Believe(observations);
    for (std::size_t c = 0; c < faults; ++c) {
      EXPECT_NEAR(chances[c], sum.faults[c], 1e-9) << "round " << round;
      const double ours = c + 1 < faults ? belief.causes[c] : belief.none;
      EXPECT_LE(std::abs(ours - chances[c]), belief.beyond + 1e-9) << "round " << round;
      farthest = std::max(farthest, std::abs(chances[c] - sum.faults[c]));
    }
  }
  std::printf("dlib and the sum over all sets differ by at most %.1e\n", farthest);
}

}  // namespace
}  // namespace bk::troubleshoot

#include "troubleshoot/knowledge/check_knowledge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "troubleshoot/knowledge/problem_list.h"

namespace bk::troubleshoot {
namespace {

constexpr double kOppositesOff = 0.02;  // by how much leaks of opposites may miss a sum of one
// An effect nearer to the leak than this says nothing.
constexpr double kSaysNothing = 1e-9;

class Checker {
 public:
  Checker(const Knowledge& knowledge) : knowledge_(knowledge), problems_(knowledge) {}

  std::vector<Problem> Run() {
    Index(knowledge_.layers, layers_, "layers.toml", "layer");
    Index(knowledge_.findings, findings_, "findings", "finding");
    Index(knowledge_.causes, causes_, "causes", "cause");
    Index(knowledge_.fixes, fixes_, "fixes", "fix");
    CheckModel();
    CheckClusters();
    CheckLayers();
    CheckFindings();
    CheckCauses();
    CheckFixes();
    CheckApps();
    CheckGuide();
    CheckChoices();
    CheckSense(knowledge_, problems_);
    CheckReach(knowledge_, problems_);
    return problems_.Take();
  }

 private:
  void Error(std::string file, std::string id, std::string text, std::string_view key = {}) {
    problems_.Add(Severity::kError, std::move(file), std::move(id), std::move(text), key);
  }
  void Warning(std::string file, std::string id, std::string text, std::string_view key = {}) {
    problems_.Add(Severity::kWarning, std::move(file), std::move(id), std::move(text), key);
  }

  template <class Thing>
  void Index(const std::vector<Thing>& things, std::set<std::string_view>& ids,
             const std::string& file, std::string_view kind) {
    if (things.empty()) Error(file, "", fmt::format("there is no {}", kind));
    for (const Thing& thing : things) {
      if (thing.id.empty()) Error(file, "", fmt::format("a {} has no id", kind));
      if (!ids.insert(thing.id).second)
        Error(file, thing.id, fmt::format("the {} is there twice", kind));
    }
  }

  void NeedFinding(const std::string& file, const std::string& id, const std::string& finding,
                   std::string_view where) {
    if (!findings_.contains(finding))
      Error(file, id,
            fmt::format("{} names the finding \"{}\", which is not there", where, finding), where);
  }
  void NeedText(const std::string& file, const std::string& id, const std::string& text,
                std::string_view what) {
    if (text.empty()) Error(file, id, fmt::format("has no {}", what));
  }
  void NeedChance(const std::string& file, const std::string& id, double chance,
                  std::string_view what) {
    if (!(chance >= 0 && chance <= 1))
      Error(file, id, fmt::format("{} is {}, not a chance from 0 to 1", what, chance));
  }

  void CheckModel() {
    const Model& m = knowledge_.model;
    const std::string file = "model.toml";
    if (!(knowledge_.none_prior > 0)) Error(file, "none_of_these", "its prior must be above 0");
    NeedText(file, "none_of_these", knowledge_.none_from, "origin (from)");
    NeedChance(file, "healthy", knowledge_.healthy_prior, "prior");
    NeedText(file, "belief", m.belief_from, "origin (from)");
    NeedText(file, "verdict", m.verdict_from, "origin (from)");
    NeedText(file, "plan", m.plan_from, "origin (from)");
    NeedText(file, "interview", m.interview_from, "origin (from)");
    if (!(m.temperature > 0)) Error(file, "belief", "temperature must be above 0");
    if (!(m.give_up_minutes > 0)) Error(file, "plan", "give_up_minutes must be above 0");
    if (!(m.waiting_price > 0 && m.hands_on_price > 0))
      Error(file, "plan", "the price of a minute must be above 0");
    if (m.together_max < 1) Error(file, "plan", "together_max must be at least 1");
    if (m.sets_max < 1) Error(file, "plan", "sets_max must be at least 1");
    if (m.name_cause > m.sure_cause)
      Error(file, "verdict", "name_cause is above sure_cause: a cause would be sure and not named");
    for (std::size_t loss = 1; loss < m.least_chance.size(); ++loss) {
      if (m.least_chance[loss] < m.least_chance[loss - 1])
        Error(file, "plan",
              fmt::format("least_chance of {} is below that of a less harmful class",
                          LossClassName(static_cast<LossClass>(loss))));
      if (m.loss_price[loss] < m.loss_price[loss - 1])
        Error(file, "plan",
              fmt::format("loss_price of {} is below that of a less harmful class",
                          LossClassName(static_cast<LossClass>(loss))));
      if (m.waits_for_chance[loss] > m.waits_for_chance[loss - 1])
        Error(file, "plan",
              fmt::format("waits_for_chance of {} is above that of a less harmful class",
                          LossClassName(static_cast<LossClass>(loss))));
    }
  }

  // Minutes to get to a cluster from nowhere; notes what is wrong with it on the way.
  double MinutesTo(const std::string& file, const std::string& id, const std::string& cluster) {
    double minutes = 0;
    std::set<std::string_view> on_the_way;
    for (std::string_view at = cluster; !at.empty();) {
      const auto found = std::ranges::find(knowledge_.model.clusters, at, &Cluster::id);
      if (found == knowledge_.model.clusters.end()) {
        Error(file, id, fmt::format("names the cluster \"{}\", which is not there", at));
        return minutes;
      }
      if (!on_the_way.insert(at).second) {
        Error("model.toml", std::string(at), "the cluster is inside itself");
        return minutes;
      }
      minutes += found->minutes;
      at = found->inside;
    }
    return minutes;
  }

  void CheckClusters() {
    std::set<std::string_view> used;
    const auto check = [&](const std::string& file, const std::string& id,
                           const std::string& cluster, double minutes) {
      if (cluster.empty()) return;
      for (std::string_view at = cluster; !at.empty() && used.insert(at).second;) {
        const auto found = std::ranges::find(knowledge_.model.clusters, at, &Cluster::id);
        if (found == knowledge_.model.clusters.end()) break;
        at = found->inside;
      }
      if (MinutesTo(file, id, cluster) >= minutes)
        Error(file, id,
              fmt::format("getting to the cluster \"{}\" takes all of its minutes", cluster));
    };
    std::set<std::string_view> ids;
    for (const Cluster& cluster : knowledge_.model.clusters) {
      if (!ids.insert(cluster.id).second)
        Error("model.toml", cluster.id, "the cluster is there twice");
      NeedText("model.toml", cluster.id, cluster.from, "origin (from)");
    }
    for (const FindingKind& finding : knowledge_.findings)
      check("findings", finding.id, finding.cluster, finding.minutes);
    for (const Fix& fix : knowledge_.fixes)
      check(fmt::format("fixes/{}.toml", fix.id), fix.id, fix.cluster,
            fix.minutes - fix.test_minutes);
    for (const Cluster& cluster : knowledge_.model.clusters)
      if (!used.contains(cluster.id))
        Warning("model.toml", cluster.id, "no fix and no question is in the cluster");
  }

  void CheckLayers() {
    for (const Layer& layer : knowledge_.layers) {
      NeedText("layers.toml", layer.id, layer.title, "title");
      for (const auto& conditions : layer.ok_when)
        for (const Condition& condition : conditions)
          NeedFinding("layers.toml", layer.id, condition.finding, "ok_when");
      if (layer.ok_when.empty())
        Warning("layers.toml", layer.id, "has no ok_when: it can never be seen to work");
      if (std::ranges::find(knowledge_.causes, layer.id, &Cause::layer) == knowledge_.causes.end())
        Warning("layers.toml", layer.id, "no cause sits in it");
    }
  }

  [[nodiscard]] const FindingKind* Finding(std::string_view id) const {
    const auto found = std::ranges::find(knowledge_.findings, id, &FindingKind::id);
    return found == knowledge_.findings.end() ? nullptr : &*found;
  }

  void CheckFindings() {
    std::set<std::string_view> used;
    for (const Cause& cause : knowledge_.causes)
      for (const Effect& effect : cause.effects) used.insert(effect.finding);
    for (const Fix& fix : knowledge_.fixes)
      for (const auto* list : {&fix.requires_true, &fix.requires_false, &fix.tried_as})
        used.insert(list->begin(), list->end());
    for (const Layer& layer : knowledge_.layers)
      for (const auto& conditions : layer.ok_when)
        for (const Condition& condition : conditions) used.insert(condition.finding);

    const std::string file = "findings";
    for (const FindingKind& finding : knowledge_.findings) {
      NeedText(file, finding.id, finding.statement, "statement");
      NeedChance(file, finding.id, finding.leak, "leak");
      NeedText(file, finding.id, finding.leak_from, "origin of its leak (leak_from)");
      if (finding.leak == 0 || finding.leak == 1)
        Warning(file, finding.id, "a leak of 0 or 1 claims certainty");
      if (finding.when_healthy) NeedChance(file, finding.id, *finding.when_healthy, "when_healthy");
      for (const Trust& trust : finding.trust)
        if (!(trust.right >= 0.5 && trust.right <= 1))
          Error(file, finding.id,
                fmt::format("trust of {} is {}, not from 0.5 to 1",
                            evidence::SourceName(trust.source), trust.right));
      const bool machine = std::ranges::any_of(
          finding.readers, [](const std::string& reader) { return reader != "person"; });
      const bool asked = !finding.question.empty();
      if (!machine && !asked)
        Error(file, finding.id, "nothing reads it and no question asks for it");
      if (asked && finding.why.empty())
        Warning(file, finding.id, "the question does not say why it is asked (why)");
      if (asked && !finding.question.ends_with('?'))
        Warning(file, finding.id, "the question does not end with a question mark");
      CheckOpposite(finding);
      for (const std::string& id : finding.presumes) NeedFinding(file, finding.id, id, "presumes");
      for (const std::string& id : finding.excludes) NeedFinding(file, finding.id, id, "excludes");
      for (const Condition& condition : finding.moot_when)
        NeedFinding(file, finding.id, condition.finding, "moot_when");
      const bool used_so = used.contains(finding.id) ||
                           (!finding.opposite.empty() && used.contains(finding.opposite)) ||
                           finding.when_healthy.has_value();
      if (!used_so) Warning(file, finding.id, "no cause, fix or layer speaks of it");
    }
  }

  void CheckOpposite(const FindingKind& finding) {
    const std::string file = "findings";
    if (finding.opposite.empty()) return;
    const FindingKind* other = Finding(finding.opposite);
    if (other == nullptr || other == &finding) {
      NeedFinding(file, finding.id, finding.opposite, "opposite");
      if (other == &finding) Error(file, finding.id, "is its own opposite");
      return;
    }
    if (other->opposite != finding.id) {
      Error(file, finding.id,
            fmt::format("\"{}\" does not name it as its opposite in turn", other->id));
      return;
    }
    if (finding.id > other->id) return;  // numbers of a pair once
    if (std::abs(finding.leak + other->leak - 1) > kOppositesOff)
      Error(file, finding.id,
            fmt::format("leaks of opposites must sum to 1: {} and \"{}\" {}", finding.leak,
                        other->id, other->leak));
    if (finding.when_healthy && other->when_healthy &&
        std::abs(*finding.when_healthy + *other->when_healthy - 1) > kOppositesOff)
      Error(file, finding.id,
            fmt::format("when_healthy of opposites must sum to 1 (\"{}\")", other->id));
    if (!finding.group.empty() && !other->group.empty() && finding.group != other->group)
      Error(file, finding.id, fmt::format("its opposite \"{}\" is in another group", other->id));
  }

  void CheckCauses() {
    for (const Cause& cause : knowledge_.causes) {
      const std::string file = fmt::format("causes/{}.toml", cause.id);
      if (!layers_.contains(cause.layer))
        Error(file, cause.id, fmt::format("its layer \"{}\" is not there", cause.layer));
      NeedText(file, cause.id, cause.title, "title");
      NeedText(file, cause.id, cause.explain, "explanation (explain)");
      NeedText(file, cause.id, cause.prior_from, "origin of its prior (prior_from)");
      if (!(cause.prior > 0)) Error(file, cause.id, "its prior must be above 0");
      if (!cause.curable) NeedText(file, cause.id, cause.instead, "instead, and cannot be cured");
      if (cause.curable && cause.fixes.empty())
        Error(file, cause.id, "is said to be curable and has no fix");
      else if (cause.fixes.empty() && cause.instead.empty())
        Error(file, cause.id, "has neither a fix nor words on what to do instead");
      CheckEffects(file, cause);
      std::set<std::string_view> seen;
      for (const Treatment& treatment : cause.fixes) {
        if (!fixes_.contains(treatment.fix))
          Error(file, cause.id,
                fmt::format("names the fix \"{}\", which is not there", treatment.fix),
                fmt::format("fix[{}]", treatment.fix));
        if (!seen.insert(treatment.fix).second)
          Error(file, cause.id, fmt::format("names the fix \"{}\" twice", treatment.fix),
                fmt::format("fix[{}]", treatment.fix));
        NeedChance(file, cause.id, treatment.chance,
                   fmt::format("chance of \"{}\"", treatment.fix));
        if (treatment.from.empty())
          Error(file, cause.id, fmt::format("chance of \"{}\" has no origin (from)", treatment.fix),
                fmt::format("fix[{}].from", treatment.fix));
      }
    }
  }

  void CheckEffects(const std::string& file, const Cause& cause) {
    bool raised = false;
    std::set<std::string_view> seen;
    for (const Effect& effect : cause.effects) {
      const std::string key = fmt::format("effect[{}]", effect.finding);
      NeedFinding(file, cause.id, effect.finding, key);
      NeedChance(file, cause.id, effect.chance, fmt::format("chance of \"{}\"", effect.finding));
      if (effect.from.empty())
        Error(file, cause.id, fmt::format("chance of \"{}\" has no origin (from)", effect.finding),
              key + ".from");
      if (!seen.insert(effect.finding).second)
        Error(file, cause.id, fmt::format("names the finding \"{}\" twice", effect.finding), key);
      const FindingKind* finding = Finding(effect.finding);
      if (finding == nullptr) continue;
      raised = raised || effect.chance > finding->leak || !finding->opposite.empty();
      if (std::abs(effect.chance - finding->leak) < kSaysNothing)
        Warning(file, cause.id,
                fmt::format("chance of \"{}\" equals its leak: it says nothing", effect.finding),
                key + ".chance");
      if (!finding->opposite.empty() && seen.contains(finding->opposite))
        Error(file, cause.id,
              fmt::format("has effects on both \"{}\" and its opposite; keep one", effect.finding),
              key);
    }
    if (!raised) Error(file, cause.id, "no finding speaks for it: it can never be found");
  }

  void CheckFixes() {
    std::set<std::string_view> used;
    for (const Cause& cause : knowledge_.causes)
      for (const Treatment& treatment : cause.fixes) used.insert(treatment.fix);
    for (const Fix& fix : knowledge_.fixes) {
      const std::string file = fmt::format("fixes/{}.toml", fix.id);
      NeedText(file, fix.id, fix.title, "title");
      NeedText(file, fix.id, fix.check, "check");
      NeedText(file, fix.id, fix.undo, "undo (\"nothing to undo\" counts)");
      NeedText(file, fix.id, fix.from, "origin (from)");
      if (fix.loss != LossClass::kNone)
        NeedText(file, fix.id, fix.loss_text, "loss_text, though it can lose something");
      if (fix.loss == LossClass::kNone && !fix.loss_text.empty())
        Error(file, fix.id, "has a loss_text and the loss \"none\"");
      if (!(fix.minutes > 0)) Error(file, fix.id, "its minutes must be above 0");
      if (fix.test_minutes >= fix.minutes)
        Error(file, fix.id, "test_minutes is all of its minutes");
      if (fix.hands_on > fix.minutes) Error(file, fix.id, "hands_on is more than minutes");
      const auto open = [](const Words& words) {
        return words.maker.empty() && words.android_min == 0 && words.android_max == 0;
      };
      if (std::ranges::none_of(fix.words, open))
        Error(file, fix.id, "has no [[words]] without conditions");
      for (const Words& words : fix.words)
        if (words.steps.empty()) Error(file, fix.id, "has [[words]] without steps");
      for (const auto& id : fix.requires_true) {
        NeedFinding(file, fix.id, id, "requires_true");
        if (std::ranges::find(fix.requires_false, id) != fix.requires_false.end())
          Error(file, fix.id, fmt::format("requires \"{}\" to be both true and false", id));
      }
      for (const auto& id : fix.requires_false) NeedFinding(file, fix.id, id, "requires_false");
      for (const auto& id : fix.tried_as) NeedFinding(file, fix.id, id, "tried_as");
      if (!used.contains(fix.id)) Error(file, fix.id, "no cause is treated by it");
    }
  }

  void CheckApps() {
    std::set<std::string_view> ids, packages;
    for (const evidence::CompanionApp& app : knowledge_.apps) {
      const std::string file = fmt::format("apps/{}.toml", app.id);
      if (!ids.insert(app.id).second) Error(file, app.id, "the app is there twice");
      if (app.packages.empty()) Error(file, app.id, "has no package");
      for (const std::string& package : app.packages)
        if (!packages.insert(package).second)
          Error(file, app.id, fmt::format("the package {} belongs to another app too", package));
    }
  }

  void CheckGuide() {
    const std::string file = "guide_order.toml";
    std::set<std::string_view> ids;
    for (const GuidePassage& passage : knowledge_.guide) {
      if (!ids.insert(passage.id).second) Error(file, passage.id, "the passage is there twice");
      for (const std::string& id : passage.when) NeedFinding(file, passage.id, id, "when");
      if (!passage.layer.empty() && !layers_.contains(passage.layer))
        Error(file, passage.id,
              fmt::format("names the layer \"{}\", which is not there", passage.layer));
      for (const std::string& id : passage.suspects)
        if (!causes_.contains(id))
          Error(file, passage.id, fmt::format("suspects \"{}\", which is not there", id));
      for (const std::string& id : passage.fixes)
        if (!fixes_.contains(id))
          Error(file, passage.id, fmt::format("names the fix \"{}\", which is not there", id));
      if (passage.symptom && passage.when.empty())
        Error(file, passage.id, "is a symptom and does not say when it is seen");
    }
  }

  void CheckChoices() {
    const std::string file = "choices.toml";
    std::set<std::string_view> ids;
    for (const ChoiceQuestion& choice : knowledge_.choices) {
      if (!ids.insert(choice.id).second || findings_.contains(choice.id))
        Error(file, choice.id, "the id belongs to another question too");
      NeedText(file, choice.id, choice.question, "question");
      NeedText(file, choice.id, choice.why, "reason for asking (why)");
      NeedText(file, choice.id, choice.none_words, "words for none of them (none_words)");
      NeedText(file, choice.id, choice.from, "origin (from)");
      if (choice.options.size() < 2 || choice.options.size() > kChoiceOptionsMax)
        Error(file, choice.id, fmt::format("must have 2 to {} options", kChoiceOptionsMax));
      std::set<std::string_view> options;
      for (const ChoiceOption& option : choice.options) {
        if (!options.insert(option.id).second)
          Error(file, choice.id, fmt::format("the option \"{}\" is there twice", option.id));
        NeedText(file, choice.id, option.words, "words of an option");
        if (option.sets.empty())
          Error(file, choice.id, fmt::format("the option \"{}\" says nothing (sets)", option.id));
        for (const Condition& condition : option.sets)
          NeedFinding(file, choice.id, condition.finding, "an option");
      }
      for (const Condition& condition : choice.none_sets)
        NeedFinding(file, choice.id, condition.finding, "none_sets");
    }
  }

  const Knowledge& knowledge_;
  std::set<std::string_view> layers_, findings_, causes_, fixes_;
  ProblemList problems_;
};

}  // namespace

std::vector<Problem> CheckKnowledge(const Knowledge& knowledge) { return Checker(knowledge).Run(); }

}  // namespace bk::troubleshoot

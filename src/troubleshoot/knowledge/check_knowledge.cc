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
    Index(knowledge_.layers, layers_, "layer");
    Index(knowledge_.findings, findings_, "finding");
    Index(knowledge_.causes, causes_, "cause");
    Index(knowledge_.fixes, fixes_, "fix");
    CheckModel(knowledge_, problems_);
    CheckHealth();
    CheckLayers();
    CheckFindings();
    CheckCauses();
    CheckFixes();
    CheckLists(knowledge_, problems_);
    CheckSense(knowledge_, problems_);
    CheckReach(knowledge_, problems_);
    return problems_.Take();
  }

 private:
  void Error(Subject at, std::string_view key, std::string text) {
    problems_.Error(at, key, std::move(text));
  }
  void Warning(Subject at, std::string_view key, std::string text) {
    problems_.Warning(at, key, std::move(text));
  }

  template <class Thing>
  void Index(const std::vector<Thing>& things, std::set<std::string_view>& ids,
             std::string_view kind) {
    if (things.empty()) Error({kind, ""}, "", fmt::format("there is no {}", kind));
    for (const Thing& thing : things) {
      if (thing.id.empty()) Error({kind, ""}, "", fmt::format("a {} has no id", kind));
      if (!ids.insert(thing.id).second)
        Error({kind, thing.id}, "id", fmt::format("the {} is there twice", kind));
    }
  }

  void NeedFinding(Subject at, std::string_view key, const std::string& finding) {
    if (!findings_.contains(finding))
      Error(at, key, fmt::format("names the finding \"{}\", which is not there", finding));
  }

  void CheckHealth() {
    for (const std::string& id : knowledge_.model.healthy_shown_by)
      NeedFinding({"model", "verdict"}, "healthy_shown_by", id);
  }

  void CheckLayers() {
    for (const Layer& layer : knowledge_.layers) {
      const Subject at = {"layer", layer.id};
      problems_.NeedText(at, "title", layer.title, "title");
      for (const auto& conditions : layer.ok_when)
        for (const Condition& condition : conditions) NeedFinding(at, "ok_when", condition.finding);
      if (layer.ok_when.empty()) Warning(at, "", "has no ok_when: it can never be seen to work");
      if (std::ranges::find(knowledge_.causes, layer.id, &Cause::layer) == knowledge_.causes.end())
        Warning(at, "", "no cause sits in it");
    }
  }

  [[nodiscard]] const FindingKind* Finding(std::string_view id) const {
    const auto found = std::ranges::find(knowledge_.findings, id, &FindingKind::id);
    return found == knowledge_.findings.end() ? nullptr : &*found;
  }

  [[nodiscard]] std::set<std::string_view> UsedFindings() const {
    std::set<std::string_view> used;
    for (const Cause& cause : knowledge_.causes)
      for (const Effect& effect : cause.effects) used.insert(effect.finding);
    for (const Fix& fix : knowledge_.fixes)
      for (const auto* list :
           {&fix.requires_true, &fix.requires_false, &fix.tried_as, &fix.worth_beside})
        used.insert(list->begin(), list->end());
    for (const Layer& layer : knowledge_.layers)
      for (const auto& conditions : layer.ok_when)
        for (const Condition& condition : conditions) used.insert(condition.finding);
    return used;
  }

  void CheckFindings() {
    const std::set<std::string_view> used = UsedFindings();
    for (const FindingKind& finding : knowledge_.findings) {
      const Subject at = {"finding", finding.id};
      problems_.NeedText(at, "statement", finding.statement, "statement");
      problems_.NeedChance(at, "leak", finding.leak, "its leak");
      problems_.NeedText(at, "leak_from", finding.leak_from, "origin of its leak (leak_from)");
      if (finding.leak == 0 || finding.leak == 1)
        Warning(at, "leak", "a leak of 0 or 1 claims certainty");
      if (finding.when_healthy)
        problems_.NeedChance(at, "when_healthy", *finding.when_healthy, "when_healthy");
      for (const Trust& trust : finding.trust)
        if (!(trust.right >= 0.5 && trust.right <= 1))
          Error(at, "trust",
                fmt::format("trust of {} is {}, not from 0.5 to 1",
                            evidence::SourceName(trust.source), trust.right));
      const bool machine = std::ranges::any_of(
          finding.readers, [](const std::string& reader) { return reader != "person"; });
      const bool asked = !finding.question.empty();
      if (!machine && !asked) Error(at, "", "nothing reads it and no question asks for it");
      if (asked && finding.why.empty())
        Warning(at, "why", "the question does not say why it is asked (why)");
      if (asked && !finding.question.ends_with('?'))
        Warning(at, "question", "the question does not end with a question mark");
      CheckOpposite(finding);
      for (const std::string& id : finding.presumes) NeedFinding(at, "presumes", id);
      for (const std::string& id : finding.excludes) NeedFinding(at, "excludes", id);
      for (const Condition& condition : finding.moot_when)
        NeedFinding(at, "moot_when", condition.finding);
      const bool used_so = used.contains(finding.id) ||
                           (!finding.opposite.empty() && used.contains(finding.opposite)) ||
                           finding.when_healthy.has_value();
      if (!used_so) Warning(at, "", "no cause, fix or layer speaks of it");
    }
  }

  void CheckOpposite(const FindingKind& finding) {
    if (finding.opposite.empty()) return;
    const Subject at = {"finding", finding.id};
    const FindingKind* other = Finding(finding.opposite);
    if (other == nullptr || other == &finding) {
      NeedFinding(at, "opposite", finding.opposite);
      if (other == &finding) Error(at, "opposite", "is its own opposite");
      return;
    }
    if (other->opposite != finding.id) {
      Error(at, "opposite",
            fmt::format("\"{}\" does not name it as its opposite in turn", other->id));
      return;
    }
    if (finding.id > other->id) return;  // numbers of a pair once
    if (std::abs(finding.leak + other->leak - 1) > kOppositesOff)
      Error(at, "leak",
            fmt::format("leaks of opposites must sum to 1: {} and \"{}\" {}", finding.leak,
                        other->id, other->leak));
    if (finding.when_healthy && other->when_healthy &&
        std::abs(*finding.when_healthy + *other->when_healthy - 1) > kOppositesOff)
      Error(at, "when_healthy",
            fmt::format("when_healthy of opposites must sum to 1 (\"{}\")", other->id));
    if (!finding.group.empty() && !other->group.empty() && finding.group != other->group)
      Error(at, "group", fmt::format("its opposite \"{}\" is in another group", other->id));
  }

  void CheckCauses() {
    for (const Cause& cause : knowledge_.causes) {
      const Subject at = {"cause", cause.id};
      if (!layers_.contains(cause.layer))
        Error(at, "layer", fmt::format("its layer \"{}\" is not there", cause.layer));
      problems_.NeedText(at, "title", cause.title, "title");
      problems_.NeedText(at, "explain", cause.explain, "explanation (explain)");
      problems_.NeedText(at, "prior_from", cause.prior_from, "origin of its prior (prior_from)");
      if (!(cause.prior > 0)) Error(at, "prior", "its prior must be above 0");
      if (!cause.curable)
        problems_.NeedText(at, "instead", cause.instead, "instead, and cannot be cured");
      if (cause.curable && cause.fixes.empty())
        Error(at, "", "is said to be curable and has no fix");
      else if (cause.fixes.empty() && cause.instead.empty())
        Error(at, "", "has neither a fix nor words on what to do instead");
      CheckEffects(cause);
      CheckTreatments(cause);
    }
  }

  void CheckEffects(const Cause& cause) {
    const Subject at = {"cause", cause.id};
    bool raised = false;
    std::set<std::string_view> seen;
    for (const Effect& effect : cause.effects) {
      const std::string key = fmt::format("effect[{}]", effect.finding);
      NeedFinding(at, key, effect.finding);
      problems_.NeedChance(at, key + ".chance", effect.chance, "its chance");
      if (effect.from.empty())
        Error(at, key + ".from",
              fmt::format("chance of \"{}\" has no origin (from)", effect.finding));
      if (!seen.insert(effect.finding).second)
        Error(at, key, fmt::format("names the finding \"{}\" twice", effect.finding));
      const FindingKind* finding = Finding(effect.finding);
      if (finding == nullptr) continue;
      raised = raised || effect.chance > finding->leak || !finding->opposite.empty();
      if (std::abs(effect.chance - finding->leak) < kSaysNothing)
        Warning(at, key + ".chance",
                fmt::format("chance of \"{}\" equals its leak: it says nothing", effect.finding));
      if (!finding->opposite.empty() && seen.contains(finding->opposite))
        Error(at, key,
              fmt::format("has effects on both \"{}\" and its opposite; keep one", effect.finding));
    }
    if (!raised) Error(at, "", "no finding speaks for it: it can never be found");
  }

  void CheckTreatments(const Cause& cause) {
    const Subject at = {"cause", cause.id};
    std::set<std::string_view> seen;
    for (const Treatment& treatment : cause.fixes) {
      const std::string key = fmt::format("fix[{}]", treatment.fix);
      if (!fixes_.contains(treatment.fix))
        Error(at, key, fmt::format("names the fix \"{}\", which is not there", treatment.fix));
      if (!seen.insert(treatment.fix).second)
        Error(at, key, fmt::format("names the fix \"{}\" twice", treatment.fix));
      problems_.NeedChance(at, key + ".chance", treatment.chance, "its chance");
      if (treatment.from.empty())
        Error(at, key + ".from",
              fmt::format("chance of \"{}\" has no origin (from)", treatment.fix));
    }
  }

  void CheckFixes() {
    std::set<std::string_view> used;
    for (const Cause& cause : knowledge_.causes)
      for (const Treatment& treatment : cause.fixes) used.insert(treatment.fix);
    for (const Fix& fix : knowledge_.fixes) {
      const Subject at = {"fix", fix.id};
      problems_.NeedText(at, "title", fix.title, "title");
      problems_.NeedText(at, "check", fix.check, "check");
      problems_.NeedText(at, "undo", fix.undo, "undo (\"nothing to undo\" counts)");
      problems_.NeedText(at, "from", fix.from, "origin (from)");
      if (fix.loss != LossClass::kNone)
        problems_.NeedText(at, "loss_text", fix.loss_text,
                           "loss_text, though it can lose something");
      if (fix.loss == LossClass::kNone && !fix.loss_text.empty())
        Error(at, "loss_text", "has a loss_text and the loss \"none\"");
      if (!(fix.minutes > 0)) Error(at, "minutes", "its minutes must be above 0");
      if (fix.test_minutes >= fix.minutes)
        Error(at, "test_minutes", "test_minutes is all of its minutes");
      if (fix.hands_on > fix.minutes) Error(at, "hands_on", "hands_on is more than minutes");
      const auto open = [](const Words& words) {
        return words.maker.empty() && words.android_min == 0 && words.android_max == 0;
      };
      if (std::ranges::none_of(fix.words, open))
        Error(at, "", "has no [[words]] without conditions");
      for (std::size_t i = 0; i < fix.words.size(); ++i)
        if (fix.words[i].steps.empty())
          Error(at, fmt::format("words[{}]", i + 1), "has [[words]] without steps");
      for (const auto& id : fix.requires_true) {
        NeedFinding(at, "requires_true", id);
        if (std::ranges::find(fix.requires_false, id) != fix.requires_false.end())
          Error(at, "requires_true", fmt::format("requires \"{}\" to be both true and false", id));
      }
      for (const auto& id : fix.requires_false) NeedFinding(at, "requires_false", id);
      for (const auto& id : fix.tried_as) NeedFinding(at, "tried_as", id);
      for (const auto& id : fix.worth_beside) NeedFinding(at, "worth_beside", id);
      for (const auto& id : fix.loses_more_than) {
        const auto other = std::ranges::find(knowledge_.fixes, id, &bk::troubleshoot::Fix::id);
        if (other == knowledge_.fixes.end() || other->loss != fix.loss || id == fix.id)
          Error(at, "loses_more_than",
                fmt::format("\"{}\" must be another fix of the same loss class", id));
        else if (!other->loses_more_than.empty())
          Error(at, "loses_more_than", fmt::format("\"{}\" itself loses more than others", id));
      }
      if (!used.contains(fix.id)) Error(at, "", "no cause is treated by it");
    }
  }

  const Knowledge& knowledge_;
  std::set<std::string_view> layers_, findings_, causes_, fixes_;
  ProblemList problems_;
};

}  // namespace

std::vector<Problem> CheckKnowledge(const Knowledge& knowledge) { return Checker(knowledge).Run(); }

}  // namespace bk::troubleshoot

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "troubleshoot/knowledge/problem_list.h"

namespace bk::troubleshoot {
namespace {

void CheckApps(const Knowledge& knowledge, ProblemList& problems) {
  std::set<std::string_view> ids, packages;
  for (const evidence::CompanionApp& app : knowledge.apps) {
    const Subject at = {"app", app.id};
    if (!ids.insert(app.id).second) problems.Error(at, "id", "the app is there twice");
    if (app.packages.empty()) problems.Error(at, "packages", "has no package");
    for (const std::string& package : app.packages)
      if (!packages.insert(package).second)
        problems.Error(at, "packages",
                       fmt::format("the package {} belongs to another app too", package));
  }
}

class Lists {
 public:
  Lists(const Knowledge& knowledge, ProblemList& problems)
      : knowledge_(knowledge), problems_(problems) {
    for (const FindingKind& finding : knowledge.findings) findings_.insert(finding.id);
  }

  void CheckGuide() {
    std::set<std::string_view> ids;
    for (const GuidePassage& passage : knowledge_.guide) {
      const Subject at = {"passage", passage.id};
      if (!ids.insert(passage.id).second) problems_.Error(at, "id", "the passage is there twice");
      for (const std::string& id : passage.when) NeedFinding(at, "when", id);
      if (!passage.layer.empty()) Need(at, "layer", knowledge_.layers, passage.layer, "layer");
      for (const std::string& id : passage.suspects)
        Need(at, "suspects", knowledge_.causes, id, "cause");
      for (const std::string& id : passage.fixes) Need(at, "fixes", knowledge_.fixes, id, "fix");
      if (passage.symptom && passage.when.empty())
        problems_.Error(at, "when", "is a symptom and does not say when it is seen");
    }
  }

  void CheckChoices() {
    std::set<std::string_view> ids;
    for (const ChoiceQuestion& choice : knowledge_.choices) {
      const Subject at = {"choice", choice.id};
      if (!ids.insert(choice.id).second || findings_.contains(choice.id))
        problems_.Error(at, "id", "the id belongs to another question too");
      problems_.NeedText(at, "question", choice.question, "question");
      problems_.NeedText(at, "why", choice.why, "reason for asking (why)");
      problems_.NeedText(at, "none_words", choice.none_words, "words for none of them");
      problems_.NeedText(at, "from", choice.from, "origin (from)");
      if (choice.options.size() < 2 || choice.options.size() > kChoiceOptionsMax)
        problems_.Error(at, "", fmt::format("must have 2 to {} options", kChoiceOptionsMax));
      CheckOptions(choice);
      for (const Condition& condition : choice.none_sets)
        NeedFinding(at, "none_sets", condition.finding);
    }
  }

 private:
  void CheckOptions(const ChoiceQuestion& choice) {
    const Subject at = {"choice", choice.id};
    std::set<std::string_view> options;
    for (const ChoiceOption& option : choice.options) {
      const std::string key = fmt::format("option[{}]", option.id);
      if (!options.insert(option.id).second)
        problems_.Error(at, key, fmt::format("the option \"{}\" is there twice", option.id));
      problems_.NeedText(at, key + ".words", option.words, "words");
      if (option.sets.empty()) problems_.Error(at, key + ".sets", "says nothing (sets)");
      for (const Condition& condition : option.sets)
        NeedFinding(at, key + ".sets", condition.finding);
    }
  }

  void NeedFinding(Subject at, std::string_view key, const std::string& id) {
    if (!findings_.contains(id))
      problems_.Error(at, key, fmt::format("names the finding \"{}\", which is not there", id));
  }

  template <class Things>
  void Need(Subject at, std::string_view key, const Things& things, const std::string& id,
            std::string_view kind) {
    if (std::ranges::none_of(things, [&](const auto& thing) { return thing.id == id; }))
      problems_.Error(at, key, fmt::format("names the {} \"{}\", which is not there", kind, id));
  }

  const Knowledge& knowledge_;
  ProblemList& problems_;
  std::set<std::string_view> findings_;
};

}  // namespace

void CheckLists(const Knowledge& knowledge, ProblemList& problems) {
  CheckApps(knowledge, problems);
  Lists lists(knowledge, problems);
  lists.CheckGuide();
  lists.CheckChoices();
}

}  // namespace bk::troubleshoot

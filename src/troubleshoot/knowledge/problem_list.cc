#include "troubleshoot/knowledge/problem_list.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace bk::troubleshoot {
namespace {

std::string FileOf(const Subject& subject) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kFolders = {
      {{"cause", "causes"}, {"fix", "fixes"}, {"app", "apps"}}};
  if (subject.kind == "words") return fmt::format("words/{}", subject.id);
  for (const auto& [kind, folder] : kFolders)
    if (subject.kind == kind)
      return subject.id.empty() ? std::string(folder)
                                : fmt::format("{}/{}.toml", folder, subject.id);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kFiles = {
      {{"finding", "findings"},
       {"layer", "layers.toml"},
       {"passage", "guide_order.toml"},
       {"choice", "choices.toml"},
       {"cluster", "model.toml"},
       {"model", "model.toml"}}};
  for (const auto& [kind, file] : kFiles)
    if (subject.kind == kind) return std::string(file);
  return {};
}

}  // namespace

std::string PlaceKey(std::string_view kind, std::string_view id, std::string_view key) {
  return key.empty() ? fmt::format("{}[{}]", kind, id) : fmt::format("{}[{}].{}", kind, id, key);
}

void ProblemList::Error(Subject subject, std::string_view key, std::string text) {
  Add(Severity::kError, subject, key, std::move(text));
}

void ProblemList::Warning(Subject subject, std::string_view key, std::string text) {
  Add(Severity::kWarning, subject, key, std::move(text));
}

void ProblemList::NeedText(Subject subject, std::string_view key, std::string_view text,
                           std::string_view what) {
  if (text.empty()) Error(subject, key, fmt::format("has no {}", what));
}

void ProblemList::NeedChance(Subject subject, std::string_view key, double chance,
                             std::string_view what) {
  if (!(chance >= 0 && chance <= 1))
    Error(subject, key, fmt::format("{} is {}, not a chance from 0 to 1", what, chance));
}

void ProblemList::Add(Severity severity, Subject subject, std::string_view key, std::string text) {
  Problem problem{FileOf(subject), std::string(subject.id), severity,
                  std::move(text), std::string(key),        0};
  // The key itself, else what it stands in: a key that is missing has no line of its own.
  for (std::string at(key);;) {
    const auto place = knowledge_.places.find(PlaceKey(subject.kind, subject.id, at));
    if (place != knowledge_.places.end()) {
      problem.file = place->second.file;
      problem.line = place->second.line;
      break;
    }
    if (at.empty()) break;
    const std::size_t dot = at.rfind('.');
    at.resize(dot == std::string::npos ? 0 : dot);
  }
  problems_.push_back(std::move(problem));
}

std::string Format(const Problem& problem) {
  std::string text = problem.file;
  if (problem.line != 0) text += fmt::format(":{}", problem.line);
  text += problem.severity == Severity::kError ? ": error: " : ": warning: ";
  text += problem.id;
  if (!problem.key.empty()) text += (problem.id.empty() ? "" : ".") + problem.key;
  return text + ": " + problem.text;
}

}  // namespace bk::troubleshoot

#include "troubleshoot/knowledge/problem_list.h"

#include <fmt/format.h>

#include <algorithm>

namespace bk::troubleshoot {
namespace {

std::string FileOf(const Subject& subject) {
  if (subject.kind == "cause") return fmt::format("causes/{}.toml", subject.id);
  if (subject.kind == "fix") return fmt::format("fixes/{}.toml", subject.id);
  if (subject.kind == "layer") return "layers.toml";
  return "findings";
}

std::string_view KindOf(std::string_view file) {
  if (file.starts_with("causes/")) return "cause";
  if (file.starts_with("fixes/")) return "fix";
  if (file == "layers.toml") return "layer";
  return file == "findings" ? "finding" : "";
}

}  // namespace

std::string PlaceKey(std::string_view kind, std::string_view id, std::string_view key) {
  return key.empty() ? fmt::format("{}[{}]", kind, id) : fmt::format("{}[{}].{}", kind, id, key);
}

void ProblemList::Error(Subject subject, std::string_view key, std::string text) {
  Add(Severity::kError, FileOf(subject), std::string(subject.id), std::move(text), key);
}

void ProblemList::Warning(Subject subject, std::string_view key, std::string text) {
  Add(Severity::kWarning, FileOf(subject), std::string(subject.id), std::move(text), key);
}

void ProblemList::Add(Severity severity, std::string file, std::string id, std::string text,
                      std::string_view key) {
  Problem problem{std::move(file), std::move(id), severity, std::move(text), std::string(key), 0};
  const std::string_view kind = KindOf(problem.file);
  // The key itself, else what it stands in: a key that is missing has no line of its own.
  for (std::string at(key); !kind.empty();) {
    const auto place = knowledge_.places.find(PlaceKey(kind, problem.id, at));
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

// knowledge/*.toml -> Knowledge (knowledge/README.md is the schema). Used when building, for the
// embedded table, and at run time for --knowledge DIR.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "troubleshoot/knowledge/knowledge.h"

namespace bk::adapters::toml {

struct KnowledgeFile {
  std::string path;  // relative to the folder, with '/': "causes/stale_bond.toml"
  std::string text;
};

// What is wrong with a file, with its place. Line 0 = the file as a whole.
struct LoadProblem {
  std::string file;
  unsigned line = 0;
  std::string key;   // "effect[2].chance"; empty where TOML itself does not parse
  std::string text;  // one sentence
};

// "causes/x.toml:12: effect[2].chance: must be a number from 0 to 1"
std::string Format(const LoadProblem& problem);

struct Loaded {
  troubleshoot::Knowledge knowledge;  // complete only without problems
  std::vector<LoadProblem> problems;  // all of them, in the order of files and lines
};

// Order of `files` does not matter. Never throws; anything may stand in the files.
Loaded ParseKnowledge(std::vector<KnowledgeFile> files);

// All *.toml files of the folder. Errors: kNotFound, kNotReadable; kInvalid with every problem, one
// a line.
Result<troubleshoot::Knowledge> LoadKnowledge(const std::filesystem::path& folder);

// The files alone, sorted, for callers that want the problems as values.
Result<std::vector<KnowledgeFile>> ReadKnowledgeFiles(const std::filesystem::path& folder);

}  // namespace bk::adapters::toml

// knowledge_compiler FOLDER OUTPUT.cc: knowledge/*.toml -> the table that is compiled into the
// binary. Only `knowledge_compiler FOLDER`: checks it. Exit 1 with every problem, one a line.
#include <cstdio>
#include <fstream>
#include <string>

#include "adapters/toml/load_knowledge.h"
#include "adapters/toml/table_writer.h"
#include "troubleshoot/knowledge/check_knowledge.h"

int main(int argc, char** argv) {
  using namespace bk;
  if (argc != 2 && argc != 3) {
    std::fprintf(stderr, "usage: knowledge_compiler FOLDER [OUTPUT.cc]\n");
    return 2;
  }
  const auto knowledge = adapters::toml::LoadKnowledge(argv[1]);
  if (!knowledge) {
    std::fprintf(stderr, "%s\n", knowledge.error().message.c_str());
    return 1;
  }
  if (argc == 3) {
    std::ofstream out(argv[2], std::ios::binary);
    out << adapters::toml::WriteTable(*knowledge);
    out.close();
    if (!out) {
      std::fprintf(stderr, "%s cannot be written\n", argv[2]);
      return 1;
    }
    return 0;
  }
  bool errors = false;
  for (const troubleshoot::Problem& problem : troubleshoot::CheckKnowledge(*knowledge)) {
    errors = errors || problem.severity == troubleshoot::Severity::kError;
    std::printf("%s\n", troubleshoot::Format(problem).c_str());
  }
  return errors ? 1 : 0;
}

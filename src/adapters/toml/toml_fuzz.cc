// Any bytes as a file of knowledge/; the first one chooses which. Never throws, and refuses what is
// not complete.
#include <array>
#include <cstdlib>
#include <span>
#include <string>

#include "adapters/toml/load_knowledge.h"
#include "adapters/toml/table_writer.h"
#include "troubleshoot/knowledge/check_knowledge.h"

void Fuzz(std::span<const std::byte> input) {
  using namespace bk::adapters::toml;
  constexpr std::array kPaths = {"causes/x.toml",         "findings/x.toml",  "fixes/x.toml",
                                 "layers.toml",           "model.toml",       "apps/x.toml",
                                 "choices.toml",          "guide_order.toml", "words/de/x.toml",
                                 "words/de/language.toml"};
  if (input.empty()) return;
  const std::string text(reinterpret_cast<const char*>(input.data()) + 1, input.size() - 1);
  const auto loaded =
      ParseKnowledge({{kPaths[std::to_integer<std::size_t>(input[0]) % kPaths.size()], text}});
  if (loaded.problems.empty()) std::abort();  // one file is never the whole
  (void)bk::troubleshoot::CheckKnowledge(loaded.knowledge);
  (void)bk::troubleshoot::CheckLanguages(loaded.knowledge, {});
  (void)WriteTable(loaded.knowledge);
}

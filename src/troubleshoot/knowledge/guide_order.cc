#include "troubleshoot/knowledge/guide_order.h"

#include <algorithm>

namespace bk::troubleshoot {

std::vector<std::size_t> GuideOrder(const Knowledge& knowledge,
                                    const std::function<bool(std::string_view)>& seen) {
  const auto sees = [&](const GuidePassage& passage) {
    return std::ranges::any_of(passage.when, seen);
  };
  const bool lost = std::ranges::none_of(knowledge.guide, [&](const GuidePassage& passage) {
    return passage.symptom && sees(passage);
  });
  std::vector<std::size_t> order;
  for (const GuidePassage& passage : knowledge.guide) {
    if (!passage.when.empty() && !sees(passage) && !(passage.symptom && lost)) continue;
    for (const std::string& id : passage.fixes) {
      const auto fix = std::ranges::find(knowledge.fixes, id, &Fix::id);
      if (fix == knowledge.fixes.end()) continue;
      const auto index = static_cast<std::size_t>(fix - knowledge.fixes.begin());
      if (std::ranges::find(order, index) == order.end()) order.push_back(index);
    }
  }
  return order;
}

const GuidePassage* GuideDiagnosis(const Knowledge& knowledge,
                                   const std::function<bool(std::string_view)>& seen) {
  const GuidePassage* best = nullptr;
  std::ptrdiff_t most = 0;
  for (const GuidePassage& passage : knowledge.guide) {
    if (passage.layer.empty()) continue;
    const std::ptrdiff_t signs = std::ranges::count_if(passage.when, seen);
    if (signs <= most) continue;
    most = signs;
    best = &passage;
  }
  return best;
}

}  // namespace bk::troubleshoot

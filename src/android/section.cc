#include "android/section.h"

#include <fmt/format.h>

namespace bk::android {

evidence::Where Section::At(std::string_view part, AnyInstant time) const {
  evidence::Where where;
  where.file = file;
  where.member = member.empty() || name.empty() ? member + name : member + " » " + name;
  const char* base = member_text.data();
  if (base != nullptr && part.data() >= base && part.data() <= base + member_text.size())
    where.offset = static_cast<std::uint64_t>(part.data() - base);
  where.time = time;
  return where;
}

void AddBlockLoss(const Section& section, const BlockCount& count, std::string_view what,
                  std::vector<evidence::Loss>& losses) {
  if (count.seen <= count.understood) return;
  const std::uint64_t missed = count.seen - count.understood;
  const std::string_view place =
      count.first_unread.data() == nullptr ? section.body : count.first_unread;
  evidence::AddLoss(
      losses, {.kind = evidence::LossKind::kNotUnderstood,
               .where = section.At(place),
               .count = missed,
               .text = fmt::format("{} of {} {} were not understood", missed, count.seen, what)});
}

}  // namespace bk::android

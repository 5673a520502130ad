#include <span>

#include "android/sectioner.h"
#include "base/bytes.h"
#include "base/result.h"

void Fuzz(std::span<const std::byte> bytes) {
  bk::android::TextOrigin origin;
  origin.text = bk::AsText(bytes);
  const bk::android::SplitText split = bk::android::SplitSections(origin);
  const char* const end = origin.text.data() + origin.text.size();
  for (const bk::android::Section& section : split.sections) {
    BK_CHECK(section.body.data() >= origin.text.data());
    BK_CHECK(section.body.data() + section.body.size() <= end);
  }
  for (const bk::android::SnoozText& snooz : split.snooz)
    BK_CHECK(snooz.base64.empty() || snooz.base64.data() + snooz.base64.size() <= end);
  for (const bk::android::Section& section : bk::android::SplitByContent(origin, origin.text))
    BK_CHECK(section.body.data() + section.body.size() <= end);
}

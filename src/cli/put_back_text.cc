#include "cli/put_back_text.h"

#include "app/evidence_json.h"
#include "cli/messages.h"

namespace bk::cli {

std::string PutBackText(const std::vector<app::PutBackSetting>& all,
                        const language::Language& language, const Style& style,
                        app::Privacy& privacy) {
  if (all.empty()) return {};
  std::string out = "\n" + style.Paint(Tone::kUnsure, language.Say(kDailySays.not_as_left)) + "\n";
  for (const app::PutBackSetting& one : all)
    out += "  - " + style.Wrap(privacy.Scrub(app::ValidUtf8(one.text)), 4, 4) + "\n";
  return out + "  " + style.Wrap(language.Say(kDailySays.fix_offers), 2, 2) + "\n";
}

}  // namespace bk::cli

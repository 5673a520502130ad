#include "plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace bk::bench {
namespace {

constexpr int kWidth = 960, kHeight = 476;
constexpr int kLeft = 82, kTop = 128, kPanelWidth = 384, kPanelHeight = 290, kGap = 70;
constexpr double kMinutesMax = 120;
constexpr int kMinutesGrid = 20, kShareGrid = 20;

// Colours that keep apart for colour-blind eyes, on white and on near black; patterns besides.
struct Stroke {
  std::string_view light, dark, dashes;
  double width;
};
constexpr std::array<Stroke, 5> kStrokes = {{{"#0b5fb8", "#6db3f8", "none", 3.2},
                                             {"#b3460b", "#f59a5f", "none", 2},
                                             {"#0a7a55", "#4fc79b", "7 3", 2},
                                             {"#7b3fa0", "#c79be6", "2 3", 2},
                                             {"#6b6b6b", "#9c9c9c", "9 3 2 3", 2}}};

std::string Escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else
      out += c;
  }
  return out;
}

std::string Style() {
  std::string light, dark;
  for (std::size_t i = 0; i < kStrokes.size(); ++i) {
    light += fmt::format(".p{}{{stroke:{};stroke-width:{};stroke-dasharray:{}}}", i,
                         kStrokes[i].light, kStrokes[i].width, kStrokes[i].dashes);
    dark += fmt::format(".p{}{{stroke:{}}}", i, kStrokes[i].dark);
  }
  return fmt::format(
      "<style>text{{font-family:sans-serif;font-size:13px;fill:#1f2328}}.h{{font-size:17px;"
      "font-weight:600}}.t{{font-size:14px;font-weight:600}}.a{{fill:#57606a}}"
      ".bg{{fill:#ffffff}}.g{{stroke:#d8dee4;stroke-width:1}}.x{{stroke:#57606a;stroke-width:1}}"
      "polyline,.k{{fill:none;stroke-linejoin:round}}{}"
      "@media (prefers-color-scheme:dark){{text{{fill:#e6edf3}}.a{{fill:#9da7b1}}.bg{{fill:"
      "#0d1117}}.g{{stroke:#2a313a}}.x{{stroke:#9da7b1}}{}}}</style>\n",
      light, dark);
}

std::string Panel(const Comparison& comparison, std::size_t place) {
  const int left = kLeft + static_cast<int>(place) * (kPanelWidth + kGap);
  const auto x = [&](double minutes) { return left + minutes / kMinutesMax * kPanelWidth; };
  const auto y = [&](double share) { return kTop + (1 - share) * kPanelHeight; };
  std::string out = fmt::format("<text class=\"t\" x=\"{}\" y=\"{}\">World “{}”</text>\n", left,
                                kTop - 14, Escape(comparison.world_id));
  for (int percent = 0; percent <= 100; percent += kShareGrid)
    out += fmt::format(
        "<line class=\"{}\" x1=\"{}\" x2=\"{}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>"
        "<text class=\"a\" x=\"{}\" y=\"{:.1f}\" text-anchor=\"end\">{} %</text>\n",
        percent == 0 ? "x" : "g", left, left + kPanelWidth, y(percent / 100.0), y(percent / 100.0),
        left - 8, y(percent / 100.0) + 4.5, percent);
  for (int minutes = 0; minutes <= static_cast<int>(kMinutesMax); minutes += kMinutesGrid)
    out += fmt::format(
        "<line class=\"{}\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{}\" y2=\"{}\"/>"
        "<text class=\"a\" x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
        minutes == 0 ? "x" : "g", x(minutes), x(minutes), kTop, kTop + kPanelHeight, x(minutes),
        kTop + kPanelHeight + 19, minutes);
  out += fmt::format(
      "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">minutes spent on steps and "
      "questions</text>\n",
      left + kPanelWidth / 2, kTop + kPanelHeight + 42);

  // The first policy is drawn last, on top.
  const std::size_t count = std::min(kStrokes.size(), comparison.policies.size());
  for (std::size_t p = count; p-- > 0;) {
    const auto& walks = comparison.policies[p].walks;
    std::vector<double> cured;
    for (const auto& walk : walks)
      if (walk.cured) cured.push_back(walk.minutes);
    std::ranges::sort(cured);
    // A point for each half minute: steps of single owners are below what is seen.
    std::string points;
    constexpr double kStep = 0.5;
    for (double minutes = 0; minutes <= kMinutesMax; minutes += kStep) {
      const auto by_then = std::ranges::upper_bound(cured, minutes) - cured.begin();
      points += fmt::format("{:.1f},{:.1f} ", x(minutes),
                            y(static_cast<double>(by_then) / static_cast<double>(walks.size())));
    }
    out += fmt::format("<polyline class=\"p{}\" points=\"{}\"/>\n", p, points);
  }
  return out;
}

std::string Key(const Comparison& comparison) {
  std::string out;
  int left = kLeft;
  const std::size_t count = std::min(kStrokes.size(), comparison.policies.size());
  for (std::size_t p = 0; p < count; ++p) {
    const std::string& name = comparison.policies[p].name;
    out += fmt::format(
        "<line class=\"k p{}\" x1=\"{}\" x2=\"{}\" y1=\"76\" y2=\"76\"/>"
        "<text x=\"{}\" y=\"80.5\">{}</text>\n",
        p, left, left + 34, left + 42, Escape(name));
    left += 42 + static_cast<int>(name.size()) * 8 + 28;
  }
  return out;
}

}  // namespace

std::string CuredAgainstMinutes(const std::vector<Comparison>& comparisons) {
  if (comparisons.empty()) return "";
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" "
      "aria-labelledby=\"title\">\n<title id=\"title\">Share of simulated owners whose band works "
      "again, against minutes, for bandkeeper and four other ways to go about it</title>\n",
      kWidth, kHeight);
  out += Style();
  out += fmt::format("<rect class=\"bg\" width=\"{}\" height=\"{}\"/>\n", kWidth, kHeight);
  out += fmt::format(
      "<text class=\"h\" x=\"{}\" y=\"32\">Bands that work again after so many minutes</text>\n"
      "<text class=\"a\" x=\"{}\" y=\"54\">the same {} simulated owners with a fault for every "
      "way, "
      "with the same luck; some faults cannot be cured</text>\n",
      kLeft, kLeft, comparisons[0].owners.size());
  out += fmt::format(
      "<text transform=\"rotate(-90)\" x=\"{}\" y=\"26\" text-anchor=\"middle\">owners whose band "
      "works</text>\n",
      -(kTop + kPanelHeight / 2));
  out += Key(comparisons[0]);
  for (std::size_t i = 0; i < std::min<std::size_t>(2, comparisons.size()); ++i)
    out += Panel(comparisons[i], i);
  return out + "</svg>\n";
}

}  // namespace bk::bench

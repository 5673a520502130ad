// What a person is asked during a repair, whichever face asks: the terminal and the page say the
// same of the same thing.
#pragma once

#include <string>
#include <string_view>

namespace bk::app::face_words {

inline constexpr std::string_view kHarmless =
    "May I do without asking each time what loses nothing and can be undone? What interrupts "
    "something (Bluetooth off, a restart) or can lose something is asked for by itself.";
inline constexpr std::string_view kRollBack =
    "Put everything back as it was before? (What was meant for a moment is put back in any case.)";
inline constexpr std::string_view kPutBack = "The phone has put back what an earlier repair set:";
inline constexpr std::string_view kRestartCheck =
    "Some phones put such settings back when they restart. Restart it now to see? (Calls and "
    "music end; unlock it afterwards.)";
inline constexpr std::string_view kWorks = "The band works. Changed on the phone:";

// `what`: of the page, "the Bluetooth settings".
inline std::string Finger(const std::string& what, bool opened) {
  return opened ? "The phone shows " + what + ". Do there what the step says."
                : "Open " + what + " on the phone and do there what the step says.";
}
// `link`: one sentence on it; `app`: the companion's title, may be empty.
inline std::string SyncedBefore(const std::string& link, bool as_before) {
  return link + (as_before ? " So it was before the first step, with syncs: that proves nothing."
                           : " Whether it syncs does not show from here.");
}
inline std::string Synced(const std::string& app, bool as_before) {
  const std::string name = app.empty() ? "the band's app" : app;
  return as_before ? "Look at what troubled you, in " + name + " or on the band. Is it gone?"
                   : "Open " + name +
                         ", go to the band's page and pull it down. Does the time of the last sync "
                         "become now?";
}

}  // namespace bk::app::face_words

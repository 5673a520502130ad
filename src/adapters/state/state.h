// ports::Store in a folder: $XDG_STATE_HOME/bandkeeper, else $HOME/.local/state/bandkeeper.
#pragma once

#include <memory>
#include <string>

#include "ports/store.h"

namespace bk::adapters {

// Folders are made (0700) at the first Save, files are 0600. `folder` empty: nothing can be kept,
// and Save says so. Texts over 1 MiB are refused.
std::unique_ptr<ports::Store> MakeStore(std::string folder);

// The folder above; empty where neither variable is an absolute path.
std::string StateFolder();

}  // namespace bk::adapters

// The page as it was built with this program (cmake/build_page.mjs).
#pragma once

#include <span>

#include "server/assets.h"

namespace bk::main {

std::span<const server::Asset> PageAssets();

}  // namespace bk::main

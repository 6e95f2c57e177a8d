/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Release version and ABI version. They are independent: the SONAME comes from
 * the ABI version alone (see STABILITY.md).
 */
#ifndef UPSELL_VERSION_H
#define UPSELL_VERSION_H

#include <upsell/base.h>

UPSELL_BEGIN_DECLS

#define UPSELL_VERSION_MAJOR 0
#define UPSELL_VERSION_MINOR 1
#define UPSELL_VERSION_PATCH 0

/** Number in `libupsell.so.N`; grows only when a compiled program could break. */
#define UPSELL_ABI_VERSION 0

/**
 * The release of the library that is loaded.
 *
 * @return "MAJOR.MINOR.PATCH"; static, never NULL, never freed
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API const char *upsell_version(void);

/**
 * The ABI version of the library that is loaded. A binding compares it with
 * UPSELL_ABI_VERSION before its first other call.
 *
 * @return UPSELL_ABI_VERSION of the loaded library
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API int32_t upsell_abi_version(void);

UPSELL_END_DECLS

#endif

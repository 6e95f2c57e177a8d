/* SPDX-License-Identifier: MIT */
/* The main function of a Check program, speaking TAP for meson. */
#ifndef UPSELL_TESTS_CHECK_MAIN_H
#define UPSELL_TESTS_CHECK_MAIN_H

#include <check.h>
#include <stdlib.h>

/* Runs a suite and returns the program's exit status. */
static inline int check_main(Suite *suite)
{
  SRunner *runner = srunner_create(suite);
  int failed;

  srunner_set_tap(runner, "-");
  srunner_run_all(runner, CK_SILENT);
  failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif

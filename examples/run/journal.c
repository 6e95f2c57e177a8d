/* SPDX-License-Identifier: MIT */
/*
 * The journal on disk. It is replaced as a whole: written beside the old one, synced,
 * renamed over it, and the folder synced, so that at any moment, and after a power cut,
 * there is a whole one. The lock is a file of its own, because the journal's file is
 * another one after every rename; it stays there, because a removed one could be held
 * by one process while the next makes a new one.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run.h"

/* Opens a file beside the journal: its name and an ending. */
static int open_beside(const journal_file *j, const char *ending, int flags)
{
  text_buffer name = {0};
  int file;

  text_add_words(&name, j->name);
  text_add_words(&name, ending);
  file = openat(j->folder, name.data, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
  text_free(&name);
  return file;
}

static int open_folder(journal_file *j)
{
  const char *slash = strrchr(j->path, '/');
  text_buffer folder = {0};

  j->name = slash ? slash + 1 : j->path;
  if (slash)
    text_add(&folder, j->path, (size_t)(slash - j->path) + 1);
  else
    text_add_words(&folder, ".");
  j->folder = open(folder.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  text_free(&folder);
  return j->folder >= 0 || complain_errno(j->path, errno);
}

static int take_lock(journal_file *j)
{
  j->lock = open_beside(j, ".lock", O_RDWR | O_CREAT);
  if (j->lock < 0)
    return complain_errno(j->path, errno);
  if (flock(j->lock, LOCK_EX | LOCK_NB) == 0)
    return 1;
  if (errno != EWOULDBLOCK)
    return complain_errno(j->path, errno);
  return complain(j->path, "another process is carrying this run out; nothing was sent");
}

/* ---- reading ---- */

static int read_whole(journal_file *j, int file)
{
  if (!text_read(&j->stored, file))
    return complain_errno(j->path, errno);
  return j->stored.len ||
         complain(j->path, "the journal is empty, so it is damaged; nothing was sent");
}

static int read_stored(journal_file *j)
{
  struct stat facts;
  int file = open_beside(j, "", O_RDONLY | O_NONBLOCK);
  int done;

  if (file < 0 && errno == ENOENT)
    return 1;
  if (file < 0 && errno == ELOOP)
    return complain(j->path, "this is a symbolic link; name the journal itself");
  if (file < 0)
    return complain_errno(j->path, errno);
  if (fstat(file, &facts) == 0 && S_ISREG(facts.st_mode))
    done = read_whole(j, file);
  else
    done = complain(j->path, "this is not a file");
  close(file);
  return done;
}

int journal_open(journal_file *j, const char *path)
{
  memset(j, 0, sizeof(*j));
  j->path = path;
  j->lock = -1;
  return open_folder(j) && take_lock(j) && read_stored(j);
}

/* ---- storing ---- */

static int write_all(int file, upsell_str contents)
{
  while (contents.len) {
    ssize_t done = write(file, contents.data, contents.len);
    if (done < 0 && errno != EINTR)
      return 0;
    if (done > 0) {
      contents.data += done;
      contents.len -= (size_t)done;
    }
  }
  return 1;
}

static int write_new(const journal_file *j, upsell_str contents)
{
  int file = open_beside(j, ".new", O_WRONLY | O_CREAT | O_TRUNC);
  int done;

  if (file < 0)
    return 0;
  done = write_all(file, contents) && fsync(file) == 0;
  return close(file) == 0 && done;
}

static int replace(const journal_file *j)
{
  text_buffer name = {0};
  int done;

  text_add_words(&name, j->name);
  text_add_words(&name, ".new");
  done = renameat(j->folder, name.data, j->folder, j->name) == 0;
  text_free(&name);
  return done;
}

int journal_store(journal_file *j, upsell_str contents)
{
  if (!write_new(j, contents) || !replace(j) || fsync(j->folder) != 0) {
    complain_errno(j->path, errno);
    return complain(j->path, "the journal could not be stored; start again to go on");
  }
  text_clear(&j->stored);
  text_add(&j->stored, contents.data, contents.len);
  return 1;
}

void journal_close(journal_file *j)
{
  if (!j->path)
    return; /* it was never opened */
  if (j->lock >= 0)
    close(j->lock);
  if (j->folder >= 0)
    close(j->folder);
  text_free(&j->stored);
}

/* ---- the id of a run ---- */

int make_run_id(char id[RUN_ID_SIZE])
{
  unsigned char random[16];
  size_t i;

  if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
    return complain_errno("getrandom", errno);
  memcpy(id, "run-", 4);
  for (i = 0; i < sizeof(random); i++)
    snprintf(id + 4 + 2 * i, 3, "%02x", random[i]);
  return 1;
}

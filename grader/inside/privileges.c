/* privileges.c - capabilities and users, by the kernel's own interface, which is all that is needed
 * of it.
 *
 * In a user namespace (bubblewrap makes one for ordinary users) there is nothing to give up:
 * bubblewrap has dropped all capabilities. Root has a sandbox without a user namespace, in which it
 * becomes NOBODY: a process with the user number 0 is treated with favour by the kernel even
 * without any capability, and owns most files.
 *
 * Whoever makes a user namespace for themselves (`unshare -r`, some containers) is root in it by
 * name only: nobody but them exists there. They have nobody to become, and are treated as the
 * ordinary user that they are outside: without capabilities, behind the other layers. */
#include "privileges.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The user that owns no files, by old custom. */
#define NOBODY 65534

/* Leaves no capability but those in `kept`, a mask of the first 32. */
static bool limit_capabilities(unsigned kept)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {
        {.effective = kept, .permitted = kept}};

    return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0 &&
           syscall(SYS_capset, &header, data) == 0;
}

/* Whether the user namespace has neither a user nor a group NOBODY, which is EINVAL. That root may
 * not become NOBODY is EPERM, and no reason to stay root. Where the group is there, this has joined
 * it, as is wanted then. */
static bool nobody_is_missing(void)
{
    return setresgid(NOBODY, NOBODY, NOBODY) < 0 && errno == EINVAL &&
           setresuid(NOBODY, NOBODY, NOBODY) < 0 && errno == EINVAL;
}

bool privileges_drop(bool stay_root)
{
    /* From here on exec gives no privileges, whatever the file's owner and mode say. */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return false;
    if (geteuid() != 0)
        return limit_capabilities(0);
    if (stay_root)
        return limit_capabilities(1U << CAP_DAC_READ_SEARCH);
    if (nobody_is_missing())
        return limit_capabilities(0);
    return setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 &&
           setresuid(NOBODY, NOBODY, NOBODY) == 0 && limit_capabilities(0);
}

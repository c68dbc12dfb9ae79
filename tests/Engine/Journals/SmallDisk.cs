using System.Diagnostics;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Engine;

/// <summary>A disk of a few megabytes, in memory. Needs the right to mount one.</summary>
sealed class SmallDisk : IDisposable
{
    readonly TempFolder _folder = new();
    readonly bool _mounted;

    /// <summary>A disk with room for so many bytes.</summary>
    public SmallDisk(int bytes)
    {
        _mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            && Run("-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", Path);
        if (!_mounted) _folder.Dispose();
        Skip.IfNot(_mounted, "A small disk cannot be mounted here: that takes root on Linux.");
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => _folder.Path;

    /// <summary>Nothing can be written to it any more.</summary>
    public void MakeReadOnly() => Assert.True(Run("-o", "remount,ro", Path));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_mounted) return;
        using var unmount = Process.Start("umount", ["-l", Path]);
        unmount.WaitForExit();
        _folder.Dispose();
    }

    static bool Run(params string[] arguments)
    {
        ProcessStartInfo start = new("mount", arguments) { RedirectStandardError = true, UseShellExecute = false };
        using var mount = Process.Start(start)!;
        mount.WaitForExit();
        return mount.ExitCode == 0;
    }
}

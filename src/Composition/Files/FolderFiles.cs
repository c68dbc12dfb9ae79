using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Fulfillment.Composition;

/// <summary>
/// Files in a folder beside the journal. Each is written under another name, flushed to the disk, and renamed: whoever
/// is killed meanwhile leaves a file that nobody asks for, and no half of one that somebody does.
/// </summary>
public sealed partial class FolderFiles(string folder) : IStoredFiles
{
    const int MaxName = 200;

    /// <inheritdoc/>
    public async ValueTask<bool> Keep(
        string seller, string hash, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        var path = PathOf(seller, hash);
        if (File.Exists(path)) return false;
        var within = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(within);
        var unfinished = Path.Combine(within, $"{hash}.{Path.GetRandomFileName()}");
        try
        {
            await using (FileStream file = new(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(bytes, cancel);
                file.Flush(flushToDisk: true);
            }

            // Whoever was faster has written the same bytes.
            File.Move(unfinished, path, overwrite: true);
            FlushUpFrom(within);
            return true;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> Claim(
        string seller, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        var path = PathOf(seller, name);
        var within = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(within);
        FileStream file;
        try
        {
            // The name itself is what counts: whoever makes it has it, though he dies before he has written.
            file = new(path, FileMode.CreateNew, FileAccess.Write);
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }

        try
        {
            await using (file)
            {
                await file.WriteAsync(bytes, cancel);
                file.Flush(flushToDisk: true);
            }

            FlushUpFrom(within);
            return true;
        }
        catch
        {
            // Who is told that he has it not, though nobody else has, would never get it.
            File.Delete(path);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask Release(string seller, string name, CancellationToken cancel = default)
    {
        var path = PathOf(seller, name);
        if (!File.Exists(path)) return default;
        File.Delete(path);
        Flush(Path.GetDirectoryName(path)!);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<bool> Has(string seller, string hash, CancellationToken cancel = default) =>
        new(File.Exists(PathOf(seller, hash)));

    /// <inheritdoc/>
    public async ValueTask<StoredFile?> Open(string seller, string hash, CancellationToken cancel = default)
    {
        var path = PathOf(seller, hash);
        if (!File.Exists(path)) return null;
        FileStream file = new(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0,
            FileOptions.Asynchronous | FileOptions.SequentialScan);
        var head = new byte[StoredFile.HeadBytes];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        file.Position = 0;
        return new(file, file.Length, head.AsMemory(0, read));
    }

    /// <summary>
    /// A seller's id may be two dots, and no folder of ours is called so; with many colons it would be too long a name.
    /// </summary>
    string PathOf(string seller, string hash)
    {
        var name = $"of-{seller.Replace(":", "%3A", StringComparison.Ordinal)}";
        if (name.Length > MaxName)
            name = $"long-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seller)))}";
        return Path.Combine(folder, name, hash[..2], hash);
    }

    void FlushUpFrom(string within)
    {
        for (var parent = within; parent.Length >= folder.Length; parent = Path.GetDirectoryName(parent)!)
            Flush(parent);
    }

    /// <summary>
    /// Makes what was renamed in a folder durable; where folders are no files, the system does so itself.
    /// </summary>
    static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        using SafeFileHandle handle = new(Open(folder, 0), ownsHandle: true);
        if (handle.IsInvalid || Sync(handle) != 0)
            throw new IOException($"{folder} could not be flushed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle handle);
}

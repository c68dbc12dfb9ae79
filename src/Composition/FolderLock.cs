using Fulfillment.Engine;

namespace Fulfillment.Composition;

/// <summary>Keeps a second process off a data folder. The lock goes with the process, however it ends.</summary>
public sealed class FolderLock : IDisposable
{
    readonly FileStream _file;

    FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, creating it if needed. Throws <see cref="StoreUnavailableException"/>.</summary>
    public static FolderLock Take(string folder)
    {
        var path = Path.Combine(folder, "lock");
        try
        {
            Directory.CreateDirectory(folder);
            FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.UTF8.GetBytes($"{Environment.ProcessId}\n"));
            file.Flush();
            return new(file);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreUnavailableException($"The data folder {folder} cannot be written: {e.Message}", e);
        }
        catch (IOException e) when (File.Exists(path) && IsLocked(path))
        {
            throw new StoreUnavailableException(
                $"Another process uses the data folder {folder}. Stop it, or choose another folder with --data.", e);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException($"The data folder {folder} cannot be used: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    static bool IsLocked(string path)
    {
        try
        {
            using FileStream probe = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}

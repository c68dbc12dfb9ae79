using Fulfillment.Client.Commands;

namespace Fulfillment.Client.Import;

/// <summary>Where a history comes from; it can be read from the beginning any number of times.</summary>
abstract class HistorySource
{
    /// <summary>What users call it.</summary>
    public abstract string Name { get; }

    /// <summary>Its text, from the beginning.</summary>
    public abstract Stream Open();
}

/// <summary>A history in a gzip file.</summary>
sealed class HistoryFile(string path) : HistorySource
{
    public override string Name => Path.GetFileName(path);

    public override Stream Open()
    {
        FileStream? file = null;
        try
        {
            if (Directory.Exists(path)) throw Refuse("is a folder, not a file.");
            file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 << 10);
            var first = new byte[2];
            var read = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            if (!CheckedGzip.IsBeginning(first.AsSpan(0, read)))
                throw Refuse($"is not a gzip file. A plain one can be made one: gzip -k {Name}");
            file.Position = 0;
            return new CheckedGzip(file);
        }
        catch (ImportException)
        {
            file?.Dispose();
            throw;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImportException(ExitCode.Environment, $"There is no file {path}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw Refuse($"cannot be read: {e.Message}", e);
        }
    }

    ImportException Refuse(string what, Exception? inner = null) => new(ExitCode.Environment, $"{path} {what}", inner);
}

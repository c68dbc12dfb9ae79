using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Fulfillment.Engine;

/// <summary>
/// Seals what identifies a person with a key of its own per data subject, made at the first use and written no later
/// than the first event that needs it. Without the key the sealed text says nothing, in the journal, in a backup and in
/// a log alike. AES-256-GCM; the nonce is taken from an HMAC of the plain text under the same key (synthetic IV), so
/// that equal text of one subject seals to equal text and no nonce serves two texts. New keys join the next commit, or,
/// in a process that makes none, are kept by <paramref name="keep"/>: it returns the subject's key once it is durable,
/// which is another one when another process was faster.
/// </summary>
public sealed class Keyring(IJournalStore store, Func<string, byte[], ValueTask<byte[]>>? keep = null) : ICommitSide
{
    const int NonceBytes = 12, TagBytes = 16, OnStack = 1_024, MaxCached = 4_096, PageSize = 5_000;

    readonly Recent<byte[]> _keys = new(MaxCached);
    readonly ConcurrentDictionary<string, byte[]> _unwritten = new();
    readonly NameFilter _subjects = new();
    KeyLog? _log;
    long _writes;
    readonly Lazy<byte[]> _secret = new(() => store.Setting("pseudonym", () => RandomNumberGenerator.GetBytes(32)));

    /// <summary>
    /// For a process that makes all keys: new ones are logged, and filed <paramref name="most"/> at a time. Reads which
    /// subjects there are, so that most new ones need not be looked for.
    /// </summary>
    public void Start(int most)
    {
        _log = new(most);
        foreach (var subject in _log.Start(store.KeyLog())) _subjects.Add(Fingerprint.Of("", subject));
        var after = "";
        _subjects.Start(() =>
        {
            var page = store.Subjects(after, PageSize);
            foreach (var subject in page) _subjects.Add(Fingerprint.Of("", after = subject));
            return page.Count > 0;
        });
    }

    /// <summary>The next commit files what is logged, and the store is not read by itself: the process ends.</summary>
    public void Close()
    {
        _log?.Close();
        _subjects.Stop();
    }

    /// <summary>
    /// A name for the subject that says nothing to who has not the installation's secret: HMAC-SHA-256 of what the
    /// seller knows the person by.
    /// </summary>
    public string Pseudonym(string seller, string knownBy) => Mark($"{seller}\n{knownBy}");

    /// <summary>A keyed hash of any text: equal for equal text, telling nothing about it.</summary>
    public string Mark(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(_secret.Value, Encoding.UTF8.GetBytes(text), hash);
        return Base64Url.EncodeToString(hash[..16]);
    }

    /// <summary>Seals text about the subject.</summary>
    public async ValueTask<Personal<T>> Seal<T>(string subject, ReadOnlyMemory<byte> text) =>
        new(subject, Seal((await KeyOf(subject, create: true))!, text.Span));

    /// <summary>
    /// The sealed text; null when its key was destroyed. Throws <see cref="JournalException"/> when damaged.
    /// </summary>
    public async ValueTask<byte[]?> Open<T>(Personal<T> personal)
    {
        if (await KeyOf(personal.Subject, create: false) is not { } key) return null;
        try
        {
            return Open(key, Base64Url.DecodeFromChars(personal.Sealed));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new JournalException($"Sealed data of subject {personal.Subject} is damaged.", e);
        }
    }

    static string Seal(byte[] key, ReadOnlySpan<byte> text)
    {
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(key, text, mac);
        var length = NonceBytes + text.Length + TagBytes;
        var result = length > OnStack ? new byte[length] : stackalloc byte[length];
        mac[..NonceBytes].CopyTo(result);
        using AesGcm aes = new(key, TagBytes);
        aes.Encrypt(
            result[..NonceBytes], text, result.Slice(NonceBytes, text.Length), result[(NonceBytes + text.Length)..]);
        return Base64Url.EncodeToString(result);
    }

    static byte[] Open(byte[] key, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < NonceBytes + TagBytes) throw new CryptographicException("It is too short.");
        var text = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using AesGcm aes = new(key, TagBytes);
        aes.Decrypt(
            sealedBytes[..NonceBytes], sealedBytes.Slice(NonceBytes, text.Length), sealedBytes[^TagBytes..], text);
        return text;
    }

    /// <inheritdoc/>
    public void Join(CommitGroup group)
    {
        var made = _unwritten.Select(k => (k.Key, k.Value)).ToArray();
        if (_log is null) group.Keys.AddRange(made);
        else _log.Join(group, made);
    }

    /// <inheritdoc/>
    public void Committed(CommitGroup group)
    {
        var made = _log?.Committed(group) ?? [.. group.Keys];
        if (made.Length == 0) return;
        lock (_unwritten)
        {
            _writes++;
            foreach (var (subject, _) in made) _unwritten.TryRemove(subject, out var _);
        }
    }

    /// <inheritdoc/>
    public void Failed(CommitGroup group)
    {
    }

    /// <inheritdoc/>
    public void Found(IReadOnlyList<StoredEvent> events)
    {
    }

    async ValueTask<byte[]?> KeyOf(string subject, bool create)
    {
        while (true)
        {
            if ((_keys.Find(subject) ?? _unwritten.GetValueOrDefault(subject)) is { } known) return known;
            var writes = Volatile.Read(ref _writes);
            var print = Fingerprint.Of("", subject);
            var looks = _subjects.MayExist(print);
            // What the log has in memory is not remembered once more: what is kept for a second costs the collector
            // most.
            if (looks && _log?.Find(subject) is { } logged) return logged;
            if (looks && await store.Key(subject) is { } key) return _keys.Keep(subject, key);
            if (!create) return null;
            if (keep is not null)
                return _keys.Keep(subject, await keep(subject, RandomNumberGenerator.GetBytes(32)));
            lock (_unwritten)
            {
                // A key may have been made or written since: then the store must be asked again.
                if (looks ? writes != _writes : _subjects.MayExist(print)) continue;
                _subjects.Add(print);
                return _unwritten.GetOrAdd(subject, RandomNumberGenerator.GetBytes(32));
            }
        }
    }
}

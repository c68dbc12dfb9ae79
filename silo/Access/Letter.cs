namespace Fulfillment.Access;

/// <summary>
/// A command on its way to a grain. Within a silo the command itself is handed over; between processes its JSON. Never
/// changed, so it is never copied.
/// </summary>
public sealed class Letter
{
    readonly byte[]? _body;
    object? _command;

    /// <summary>To be sent. <paramref name="inside"/>: by a silo's outbox, which must not be refused.</summary>
    public Letter(string kind, object command, Origin origin, bool inside = false) =>
        (Kind, _command, Origin, Inside, Version) = (kind, command, origin, inside, Wire.Version);

    /// <summary>As it arrived.</summary>
    internal Letter(string kind, byte[] body, Origin origin, bool inside, int version) =>
        (Kind, _body, Origin, Inside, Version) = (kind, body, origin, inside, version);

    /// <summary>The kind of entity it goes to.</summary>
    public string Kind { get; }

    /// <summary>Who asks, and why.</summary>
    public Origin Origin { get; }

    /// <summary>It comes from a silo's outbox.</summary>
    public bool Inside { get; }

    /// <summary>The sender's version of the wire.</summary>
    public int Version { get; }

    /// <summary>The command.</summary>
    /// <exception cref="System.Text.Json.JsonException">This process does not know it.</exception>
    public object Command => _command ??= Wire.ReadCommand(Kind, _body);

    internal byte[] Body => _body ?? Wire.WriteCommand(Kind, _command!);
}

/// <summary>A grain's answer: a reply, or why there is none. Never changed, so it is never copied.</summary>
public sealed class Answer
{
    readonly byte[]? _body;
    readonly object? _reply;

    /// <summary>A reply.</summary>
    public Answer(object reply) => _reply = reply;

    /// <summary>None.</summary>
    public Answer(Fault fault, string why) => (Fault, Why) = (fault, why);

    /// <summary>
    /// The question cannot be answered yet; it is to be asked again, perhaps of another silo: nobody may wait for long
    /// inside a grain, or it could not move.
    /// </summary>
    public static Answer NotYet { get; } = new(null, "", []) { IsNotYet = true };

    /// <summary>As it arrived.</summary>
    internal Answer(Fault? fault, string why, byte[] body) => (Fault, Why, _body) = (fault, why, body);

    /// <summary>What went wrong; null for nothing.</summary>
    public Fault? Fault { get; }

    /// <summary>There is no answer yet.</summary>
    public bool IsNotYet { get; internal init; }

    /// <summary>That in words.</summary>
    public string Why { get; } = "";

    /// <summary>The reply to the command. Throws <see cref="ClusterException"/> when there is none.</summary>
    public object ReplyTo(object command) =>
        Fault is { } fault ? throw new ClusterException(fault, Why) : _reply ?? Wire.ReadReply(command, _body);

    internal byte[] Body => _body ?? (_reply is null ? [] : Wire.WriteReply(_reply));
}

using Fulfillment.Access;
using Fulfillment.Composition;

namespace Fulfillment.Tests.Silo;

/// <summary>What travels between processes.</summary>
public sealed class WireTests
{
    /// <summary>A reply without a contract is lost only where the entity lives in another process.</summary>
    [Fact]
    public void Every_reply_of_every_command_of_every_entity_has_a_contract()
    {
        var kinds = Everything.Kinds((_, _, _) => throw new NotSupportedException());
        var commands = kinds.Entities.SelectMany(k => k.Commands.Names.Select(k.Commands.TypeOf)).ToList();

        Assert.True(commands.Count > 100);
        Assert.All(commands, command => Assert.NotNull(Wire.ReplyOf(command)));
    }
}

using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>Adds a zero to every row: the key of the lookup tables with one entry.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ZeroMapping : CustomMappingFactory<ZeroMapping.Nothing, ZeroMapping.Row>
{
    public const string Contract = "TransferLearning.Zero.1";

    public override Action<Nothing, Row> GetMapping() => (_, row) => row.Zero = 0;

    internal sealed class Nothing;

    internal sealed class Row
    {
        [ColumnName(InternalColumns.Zero)]
        public uint Zero { get; set; }
    }
}

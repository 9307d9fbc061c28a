using Microsoft.ML.Data;

namespace Microsoft.ML
{
    public interface ICanSaveModel
    {
        void Save(ModelSaveContext ctx);
    }

    public interface ITransformer : ICanSaveModel
    {
        bool IsRowToRowMapper { get; }

        DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

        IDataView Transform(IDataView input);

        IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
    }

    public interface IEstimator<out TTransformer>
        where TTransformer : ITransformer
    {
        TTransformer Fit(IDataView input);

        SchemaShape GetOutputSchema(SchemaShape inputSchema);
    }

    public sealed class ModelSaveContext : IDisposable
    {
        private ModelSaveContext() => throw Signature.Only();

        public void Dispose() => throw Signature.Only();
    }

    public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
    {
        public SchemaShape(IEnumerable<Column> columns) => throw Signature.Only();

        public int Count => throw Signature.Only();

        public Column this[int index] => throw Signature.Only();

        public IEnumerator<Column> GetEnumerator() => throw Signature.Only();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw Signature.Only();

        public struct Column
        {
            public readonly string Name;
            public readonly bool IsKey;
        }
    }

    public static class LearningPipelineExtensions
    {
        public static EstimatorChain<TTrans> Append<TTrans>(
            this IEstimator<ITransformer> start, IEstimator<TTrans> estimator, TransformerScope scope = TransformerScope.Everything)
            where TTrans : class, ITransformer => throw Signature.Only();
    }
}

namespace Microsoft.ML.Data
{
    public interface IRowToRowMapper;

    public enum TransformerScope
    {
        Everything = 7,
    }

    public sealed class TransformerChain<TLastTransformer> : ITransformer, IDisposable
        where TLastTransformer : class, ITransformer
    {
        public TransformerChain(params ITransformer[] transformers) => throw Signature.Only();

        bool ITransformer.IsRowToRowMapper => throw Signature.Only();

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw Signature.Only();

        public IDataView Transform(IDataView input) => throw Signature.Only();

        public void Dispose() => throw Signature.Only();

        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw Signature.Only();

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw Signature.Only();
    }

    public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
        where TLastTransformer : class, ITransformer
    {
        public TransformerChain<TLastTransformer> Fit(IDataView input) => throw Signature.Only();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Signature.Only();

        public EstimatorChain<TNewTrans> Append<TNewTrans>(
            IEstimator<TNewTrans> estimator, TransformerScope scope = TransformerScope.Everything)
            where TNewTrans : class, ITransformer => throw Signature.Only();
    }

    public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer>
        where TTransformer : class, ITransformer
    {
        public TTransformer Fit(IDataView input) => throw Signature.Only();

        public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);
    }

    public sealed class SchemaDefinition : List<SchemaDefinition.Column>
    {
        public enum Direction
        {
            Both = 3,
        }

        public Column this[string columnName] => throw Signature.Only();

        public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both) => throw Signature.Only();

        public sealed class Column
        {
            public string ColumnName { get => throw Signature.Only(); set => throw Signature.Only(); }

            public DataViewType ColumnType { get => throw Signature.Only(); set => throw Signature.Only(); }

            public void AddAnnotation<T>(string kind, T value, DataViewType annotationType) => throw Signature.Only();
        }
    }

    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
    public sealed class ColumnNameAttribute : Attribute
    {
        public ColumnNameAttribute(string name) => throw Signature.Only();
    }
}
